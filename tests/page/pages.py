#!/usr/bin/env python3
"""The web pages of export: what stands in them, where their links lead, what machines read, and that nothing of a
definition becomes markup.
"""
import datetime
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVCAL = os.environ.get("EVCAL", str(ROOT / "build" / "evcal"))
VOID = {"meta", "link", "br", "hr"}
# What pages are made of; Markdown gives the inline ones.
TAGS = {"html", "head", "meta", "title", "link", "script", "body", "a", "header", "h1", "h2", "h3", "main", "footer", "p", "ul",
        "ol", "li", "div", "dl", "dt", "dd", "time", "span", "details", "summary", "em", "strong", "u", "code", "pre",
        "blockquote", "br", "hr"}
ATTRIBUTES = {"href", "class", "id", "lang", "charset", "name", "content", "http-equiv", "rel", "property", "type", "title",
              "datetime", "value"}
CALENDAR = """name: "<script>alert(0)</script>"
domain: example.org
timezone: Europe/Amsterdam
language: nl
publish-url: https://example.org/agenda
organizer: {name: Test, email: test@example.org}
page: {intro: "</main><script>alert(13)</script> <https://example.org>", links: {"<b>x</b>": "https://example.org/?a=%27&b=1"}}
feeds: [{id: alles, name: "\\"><script>alert(14)</script>", description: "<u>x</u>"}]
"""
_number = 0
failed = False


def result(good, name, *notes):
    global _number, failed
    _number += 1
    print("ok" if good else "not ok", _number, name)
    if not good:
        failed = True
        for note in notes:
            print("#", note)


class Page(html.parser.HTMLParser):
    """A page as it is parsed: its elements, its text, its links, the data in it; and what is wrong with its form."""

    def __init__(self, file):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.links, self.data, self.text, self.headings, self.ids = [], [], [], [], "", [], set()
        self.times = []
        self.feed(file.read_text())
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"<{tag} {name}>" for name, _ in attributes if name not in ATTRIBUTES]
        values = dict(attributes)
        if tag == "script" and values != {"type": "application/ld+json"}:
            self.wrong.append(f"<script {values}>")
        if "href" in values:
            self.links.append(values["href"])
        if tag == "a" and "href" not in values:
            self.wrong.append("a link without an address")
        if tag == "time":
            self.times.append(values["datetime"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids.add(values.get("id"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.data.append(json.loads(data))
        else:
            self.text += data


def export(folder, *arguments, status=0):
    ran = subprocess.run([EVCAL, "export", "-q", "-C", folder, *arguments], text=True, capture_output=True,
                         env=dict(os.environ, SOURCE_DATE_EPOCH="1608195600", EVCAL_TODAY="2020-12-17"))
    assert ran.returncode == status, ran.stderr
    return ran.stderr


def leads_nowhere(page, file, out):
    """The links of a page that are of no form that they should be, or have no file."""
    for link in page.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme in ("http", "https", "webcal"):
            if not parts.netloc or re.search(r"[\s<>\"]", link):
                yield link
        elif parts.scheme in ("mailto", "tel"):
            if not parts.path:
                yield link
        elif parts.scheme or (parts.path and not (file.parent / parts.path).exists()):
            yield link
        elif parts.fragment and parts.fragment not in page.ids:
            yield link
    if not any((file.parent / link).resolve() == (out / "style.css").resolve() for link in page.links):
        yield "style.css"


def utc(text):
    return datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)


def added(links):
    """Start and end that the links to Google and Outlook add."""
    for link in links:
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)
        if "/calendar/render" in link:
            start, end = query["dates"][0].split("/")
            yield (utc(start), utc(end)) if "T" in start else (datetime.datetime.strptime(start, "%Y%m%d").date(),
                                                              datetime.datetime.strptime(end, "%Y%m%d").date())
        elif "/deeplink/compose" in link:
            kind = datetime.date if "allday" in query else datetime.datetime
            yield tuple(kind.fromisoformat(query[name][0].replace("Z", "+00:00")) for name in ("startdt", "enddt"))


def look_at(name, out):
    """What holds of every page."""
    for file in sorted(out.rglob("*.html")):
        page, which = Page(file), f"{name}: {file.relative_to(out)}"
        result(not page.wrong, f"{which} has nothing but the elements of pages", *page.wrong[:10])
        wrong = list(leads_nowhere(page, file, out))
        result(not wrong, f"{which} has links that lead somewhere", *wrong[:10])
        steps = [b - a for a, b in zip([0] + page.headings, page.headings)]
        result(page.headings.count(1) == 1 and all(step <= 1 for step in steps), f"{which} has its headings in order", page.headings)
        for data in page.data:
            for event in data if isinstance(data, list) else [data]:
                lacks = {"@context", "@type", "name", "startDate", "endDate", "eventStatus", "organizer", "url"} - event.keys()
                result(not lacks, f"{which} has what search engines read", lacks)
    xml.etree.ElementTree.parse(out / "agenda.atom")
    result(True, f"{name}: agenda.atom is XML")


def look_at_fixture(out):
    """What the pages of tests/valid/page say."""
    course = Page(out / "events" / "alles-erop.html")
    starts = [event["startDate"] for event in course.data[0]]
    result(starts == ["2021-01-19T14:00:00+01:00", "2021-01-27T15:00:00+01:00", "2021-02-09T14:00:00+01:00"],
           "a rule is an event for each date, as it is moved", starts)
    statuses = [event["eventStatus"].rsplit("/", 1)[1] for event in course.data[0]]
    result(statuses == ["EventScheduled", "EventRescheduled", "EventCancelled"], "and says which are off", statuses)
    hour = datetime.timezone(datetime.timedelta(hours=1))
    first = (datetime.datetime(2021, 1, 19, 14, tzinfo=hour), datetime.datetime(2021, 1, 19, 16, 30, tzinfo=hour))
    found = list(added(course.links))
    result(found == [first] * 3, "the links add the next date", found)
    days = list(added(Page(out / "events" / "congres.html").links))
    result(days == [(datetime.date(2021, 3, 1), datetime.date(2021, 3, 3))] * 3, "and whole days", days)
    congress = Page(out / "events" / "congres.html")
    result(congress.data[0]["endDate"] == "2021-03-02", "the last of whole days is the end for search engines")
    result(congress.text.index("Sessie 1") < congress.text.index("Sessie 2"), "an event has its sessions in order")
    for off in "afgelast", "uitgesteld", "voorbij":
        links = Page(out / "events" / f"{off}.html").links
        result(not list(added(links)) and f"{off}.ics" in links, f"{off}: only the file can be added", links)
    english = (out / "events" / "webinar.html").read_text()
    result('<html lang="en">' in english and "Add to my calendar" in english, "an English event has an English page")
    index = Page(out / "index.html")
    result("Nog geheim" not in index.text and not (out / "events" / "concept.html").exists(), "drafts are nowhere")
    result("Dag nog niet bekend" in index.text and not (out / "events" / "komt-nog.html").exists(),
           "what is announced stands on the index alone")
    feed = urllib.parse.quote("https://example.org/agenda/alles.ics", safe="")
    result({"webcal://example.org/agenda/alles.ics", f"https://calendar.google.com/calendar/r?cid={feed.replace('https', 'webcal')}",
            f"https://outlook.office.com/calendar/0/addfromweb/?url={feed}&name=Alles%20%26%20meer",
            f"https://outlook.live.com/calendar/0/addfromweb/?url={feed}&name=Alles%20%26%20meer"} <= set(index.links),
           "a feed can be subscribed to", index.links)
    result(index.text.index("Al geweest") > index.text.index("Abonneren"), "what is over stands at the end")


def look_at_hostile(work):
    folder = work / "hostile" / "events"
    folder.mkdir(parents=True)
    (folder / "calendar.yaml").write_text(CALENDAR)
    shutil.copy(pathlib.Path(__file__).with_name("hostile.yaml"), folder)
    out = work / "hostile" / "public"
    export(folder, "-o", out)
    look_at("hostile", out)
    text = Page(out / "events" / "kwaad.html").text
    result("<script>alert(1)</script>\" onmouseover=alert(2) x='&#60;" in text, "markup in a title is text")
    result("<script>alert(5)</script>" in text or "alert(5)" not in text, "and in a description")


def look_at_changes(work):
    """Pages that are no more are removed; --feed writes none; what somebody else wrote stands in the way."""
    folder, out = work / "changes" / "events", work / "changes" / "public"
    shutil.copytree(ROOT / "tests" / "valid" / "page" / "events", folder)
    export(folder, "--feed=alles", "-o", out)
    result(not (out / "index.html").exists(), "--feed writes no pages")
    export(folder, "-o", out)
    calendar = folder / "calendar.yaml"
    calendar.write_text(re.sub(r"^page:\n(  .*\n|\n)*", "page: false\n", calendar.read_text(), flags=re.M))
    export(folder, "-o", out)
    result(not list(out.rglob("*.html")) and not (out / "style.css").exists(), "without page they go")
    shutil.rmtree(out)
    out.mkdir()
    (out / "index.html").write_text("mine")
    calendar.write_text(calendar.read_text().replace("page: false", "page: true"))
    export(folder, "-o", out, status=3)
    result((out / "index.html").read_text() == "mine" and len(list(out.iterdir())) == 1, "a page of somebody else stays")


def main():
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        folder = work / "fixture" / "events"
        shutil.copytree(ROOT / "tests" / "valid" / "page" / "events", folder)
        out = work / "fixture" / "public"
        export(folder, "-o", out)
        look_at("page", out)
        look_at_fixture(out)
        look_at_hostile(work)
        look_at_changes(work)
    sys.exit(failed)


if __name__ == "__main__":
    main()
