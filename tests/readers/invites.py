"""Scheduling messages, read back by python3-icalendar and Python's email package.

TABLES is what RFC 5546 says of the methods that evcal writes (3.2.1, 3.2.2, 3.2.5); every file of every kind is held to
it. Then: each person's file names nobody else, and a Message-ID stands for one content, person, method and sequence.
"""
import bytes as octets
import csv
import email
import email.policy
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import icalendar
import yaml

import common

# How often: (least, most). None: any number.
ONE, MAYBE, ANY, SOME, NONE = (1, 1), (0, 1), (0, None), (1, None), (0, 0)

# What the tables have in common.
OF_VEVENT = {
    "DTSTAMP": ONE, "ORGANIZER": ONE, "UID": ONE, "RECURRENCE-ID": MAYBE, "ATTACH": ANY, "CATEGORIES": ANY, "CLASS": MAYBE,
    "COMMENT": ANY, "CREATED": MAYBE, "DESCRIPTION": MAYBE, "DTEND": MAYBE, "DURATION": MAYBE, "EXDATE": ANY,
    "GEO": MAYBE, "LAST-MODIFIED": MAYBE, "LOCATION": MAYBE, "PRIORITY": MAYBE, "RDATE": ANY, "RELATED-TO": ANY,
    "RESOURCES": ANY, "RRULE": MAYBE, "STATUS": MAYBE, "TRANSP": MAYBE, "URL": MAYBE, "REQUEST-STATUS": NONE,
}
TABLES = {
    "PUBLISH": {
        **OF_VEVENT, "DTSTART": ONE, "SUMMARY": ONE, "SEQUENCE": MAYBE, "CONTACT": MAYBE, "ATTENDEE": NONE,
    },
    "REQUEST": {
        **OF_VEVENT, "DTSTART": ONE, "SUMMARY": ONE, "SEQUENCE": MAYBE, "CONTACT": ANY, "ATTENDEE": SOME,
    },
    "CANCEL": {
        **OF_VEVENT, "DTSTART": MAYBE, "SUMMARY": MAYBE, "SEQUENCE": ONE, "CONTACT": ANY, "ATTENDEE": ANY,
    },
}
STATUSES = {
    "PUBLISH": {None, "TENTATIVE", "CONFIRMED", "CANCELLED"},
    "REQUEST": {None, "TENTATIVE", "CONFIRMED"},
    "CANCEL": {None, "CANCELLED"},
}
OF_VCALENDAR = {"METHOD": ONE, "PRODID": ONE, "VERSION": ONE, "CALSCALE": MAYBE}
# IANA-PROPERTY and X-PROPERTY, which every table allows: those of RFC 7986 that evcal writes.
OTHER = {"COLOR", "IMAGE", "CONFERENCE", "NAME", "DESCRIPTION", "REFRESH-INTERVAL", "SOURCE", "URL"}

CALENDAR = """\
name: Agenda
domain: example.org
timezone: Europe/Amsterdam
language: nl
organizer: {name: "Eén, tegen; eenzaamheid", email: agenda@example.org}
"""
EVENTS = """\
events:
  - {id: plain, summary: "Café: thee, koffie; taart", start: 2021-01-21 14:00, end: 16:00, location: Utrecht,
     description: "Regel één.\\n\\nRegel *twee*.", html: true, reminder: 1h, status: confirmed, class: public,
     priority: high, categories: [een, twee], contact: Het team, attach: ["https://example.org/a.pdf",
     "https://example.org/b.pdf"], image: "https://example.org/a.png", color: teal, geo: [52.1, 5.1],
     url: "https://example.org/plain", conference: {url: "https://example.org/meet", label: "Meedoen"}}
  - {id: day, summary: Hele dag, start: 2021-02-01, end: 2021-02-02, sequence: 3}
  - {id: utc, summary: UTC, start: 2021-02-03 14:00Z, end: 2021-02-03 15:00Z}
  - {id: series, summary: Reeks, start: 2021-03-04 14:00, end: 16:00, reminder: 1d, status: tentative,
     rrule: FREQ=WEEKLY;COUNT=6, exdate: 2021-03-11, overrides: [
       {recurrence-id: 2021-03-18, start: 2021-03-19 10:00, summary: Verplaatst, location: Elders},
       {recurrence-id: 2021-03-25, status: cancelled},
       {recurrence-id: 2021-04-01, status: tentative, summary: Misschien}]}
  - {id: extra, summary: Extra, start: 2021-05-04 14:00, end: 16:00, rdate: [2021-05-06, 2021-05-08 10:00]}
  - {id: off, summary: Gaat niet door, start: 2021-06-03 14:00, end: 16:00, reminder: 1h, status: cancelled,
     rrule: FREQ=WEEKLY;COUNT=3, overrides: [{recurrence-id: 2021-06-10, location: Elders}]}
"""
# Each with words that give the person away; those are as a calendar and a mail have them, whatever becomes of the rest.
PEOPLE = {
    "zoe@example.org": ('Zoë "zus" Één', {"Zoë", "zus", "Één"}),
    "tweede.lid@example.org": ("Lid, Tweede^n;CN=x^^:y\\nATTENDEE:mailto:z@example.org", {"Lid, Tweede", "z@example.org"}),
    "o'derde+x@example.org": ("Derde 😀 👩‍👧 =?utf-8?q?x?= (haakjes) <h@example.org>", {"Derde 😀 👩‍👧", "haakjes", "h@example.org"}),
}


def as_list(value):
    """The values of a property, of which icalendar gives one alone or a list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def properties(component, table):
    """What a component has too often, too seldom, or may not have at all."""
    for name in sorted({*table, *component.keys()}):
        count = len(as_list(component.get(name)))
        least, most = table.get(name, ANY if name in OTHER or name.startswith("X-") else NONE)
        if count < least or most is not None and count > most:
            yield f"{component.name} has {name} {count} times"


def vevent_faults(vevent, method):
    yield from properties(vevent, TABLES[method])
    status = vevent.get("STATUS")
    if status not in STATUSES[method]:
        yield f"STATUS is {status}"
    if "DURATION" in vevent and "DTEND" in vevent:
        yield "DTEND and DURATION"
    for organizer in as_list(vevent.get("ORGANIZER")):
        if not organizer.params.get("CN") or not organizer.startswith("mailto:"):
            yield f"ORGANIZER is {organizer!r} {organizer.params}"
    for attendee in as_list(vevent.get("ATTENDEE")):
        if not attendee.startswith("mailto:"):
            yield f"ATTENDEE is {attendee}"
        answer = attendee.params.get("PARTSTAT"), attendee.params.get("RSVP")
        if method == "REQUEST" and answer != ("NEEDS-ACTION", "TRUE"):
            yield f"ATTENDEE is asked for {answer}"
    alarms = [part for part in vevent.subcomponents if part.name == "VALARM"]
    if method == "CANCEL" and alarms:
        yield "a VALARM in CANCEL"
    if len(alarms) != len(vevent.subcomponents):
        yield "a component inside of the VEVENT"


def message_faults(data, method, revisions, whole=None):
    """What is wrong with one calendar file. whole: of a CANCEL, whether it is for the event and not for a person."""
    yield from octets.faults(data)
    calendar = icalendar.Calendar.from_ical(data.decode())
    yield from properties(calendar, OF_VCALENDAR)
    if calendar.get("METHOD") != method:
        yield f"METHOD is {calendar.get('METHOD')}, not {method}"
    vevents = calendar.walk("VEVENT")
    if not vevents or len(vevents) + len(calendar.walk("VTIMEZONE")) != len(calendar.subcomponents):
        yield f"the components are {[part.name for part in calendar.subcomponents]}"
    for vevent in vevents:
        yield from vevent_faults(vevent, method)
        revision = revisions[vevent["UID"]]
        # That of each override is a second later, so that Thunderbird does not take its mail for one that it has.
        later = (vevent["DTSTAMP"].dt - revision["modified"]).total_seconds()
        if vevent.get("SEQUENCE") != revision["sequence"] or not 0 <= later <= (9 if "RECURRENCE-ID" in vevent else 0):
            yield f"SEQUENCE is {vevent.get('SEQUENCE')}, DTSTAMP {vevent['DTSTAMP'].dt}, {revision} in revisions.yaml"
        if whole is not None and (vevent.get("STATUS") == "CANCELLED") != whole:
            yield f"STATUS is {vevent.get('STATUS')}"
    if method != "PUBLISH":
        yield from invitation_faults(calendar, vevents)


def invitation_faults(calendar, vevents):
    """What a file for one person may not have besides."""
    if len({vevent["UID"] for vevent in vevents}) != 1:
        yield "not just one UID"
    if sum("RECURRENCE-ID" not in vevent for vevent in vevents) > 1:
        yield "the event itself is there twice"
    for name in calendar.keys():
        if name not in OF_VCALENDAR:
            yield f"{name} in an invitation"
    if len({str(person) for vevent in vevents for person in as_list(vevent.get("ATTENDEE"))}) != 1:
        yield "not just one person"


def mail_faults(message, method, address):
    """What is wrong with a mail around its calendar."""
    parts = [(part.get_content_type(), part.get_content_charset()) for part in message.iter_parts()]
    if message.get_content_type() != "multipart/alternative" or parts != [(f"text/{kind}", "utf-8") for kind in ("plain", "html", "calendar")]:
        yield f"it is {message.get_content_type()} of {parts}"
    said = message.get_body(("plain",)).get_content()
    if "Wanneer:" not in said:
        yield f"the text is {said!r}"
    if list(message.iter_parts())[-1].get_param("method") != method:
        yield "the part's method is another"
    if [person.addr_spec for person in message["To"].addresses] != [address]:
        yield f"To is {message['To']}"
    if [(one.display_name, one.addr_spec) for one in message["From"].addresses] != [("Eén, tegen; eenzaamheid", "agenda@example.org")]:
        yield f"From is {message['From']}"
    for part in message.walk():
        defects = [*part.defects, *(defect for field in part.values() for defect in field.defects)]
        if defects:
            yield f"{part.get_content_type()} has the defects {defects}"


def seen_in(data, message):
    """All that whoever opens a file can see: unfolded, and each part and header of a mail decoded."""
    if not message:
        return data.replace(b"\r\n ", b"").decode()
    texts = [data.decode(), *(f"{name}: {value}" for name, value in message.items())]
    for part in message.iter_parts():
        texts.append(part.get_payload(decode=True).replace(b"\r\n ", b"").decode())
    return "\n".join(texts)


def words_of(address):
    """What gives a person away."""
    return {address, *PEOPLE[address][1]}


class Calendar:
    """A calendar directory of its own, and evcal's commands on it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "events").mkdir()
        (self.folder / "events" / "calendar.yaml").write_text(CALENDAR)
        (self.folder / "events" / "a.yaml").write_text(EVENTS)
        rows = "".join('"{}";{}\n'.format(name.replace('"', '""'), address) for address, (name, _) in PEOPLE.items())
        (self.folder / "people.csv").write_text("naam;e-mail\n" + rows)
        self.runs = 0

    def run(self, *words, epoch=1608195600):
        subprocess.run([common.EVCAL, *words, "-q"], check=True, cwd=self.folder,
                       env=dict(os.environ, SOURCE_DATE_EPOCH=str(epoch)))

    def invite(self, event, *words):
        """Runs it, and returns the files that it wrote."""
        self.runs += 1
        out = self.folder / f"out{self.runs}"
        self.run("invite", event, "--attendees=people.csv", "-o", out, *words)
        return sorted(file for file in out.rglob("*") if file.is_file() and file.name not in (".evcal", ".gitignore"))

    def revisions(self):
        return yaml.safe_load((self.folder / "events" / "revisions.yaml").read_text())


def owner(file, data):
    """Whose file it is: the one whose address is the ATTENDEE or the To."""
    found = [address for address in PEOPLE if f"mailto:{address}".encode() in data.replace(b"\r\n ", b"")]
    return found or [address for address in PEOPLE if f"<{address}>".encode() in data]


def check_person(calendar, file, method, whole, ids):
    """One file of one person, of which ids remembers the messages."""
    data = file.read_bytes()
    message = email.message_from_bytes(data, policy=email.policy.default) if file.suffix == ".eml" else None
    content = list(message.iter_parts())[-1].get_payload(decode=True) if message else data
    owners = owner(file, data)
    faults = list(message_faults(content, method, calendar.revisions(), whole))
    seen = seen_in(data, message)
    if len(owners) != 1:
        faults.append(f"it is for {owners}")
    for address in PEOPLE:
        for word in words_of(address):
            if [address] != owners and word in seen:
                faults.append(f"it has {word!r} of {address}")
    if owners and not all(word in seen for word in words_of(owners[0])):
        faults.append(f"it lacks one of {words_of(owners[0])}")
    if message:
        faults += mail_faults(message, method, owners[0])
        text = message.get_body(("plain",)).get_content()
        key = (content, text, message["Subject"], owners[0])
        if ids.setdefault(message["Message-ID"], key) != key or len(set(ids.values())) != len(ids):
            faults.append(f"the Message-ID {message['Message-ID']} stands for two messages, or the other way round")
        if b"RECURRENCE-ID" in content.split(b"END:VEVENT")[0] and content.count(b"BEGIN:VEVENT") != 1:
            faults.append("not just one VEVENT in the mail of an override")
    return faults


def check_invites(calendar, event, method, counts, *words, whole=None, ids):
    """The files of one run: counts of events, and of mails for each person."""
    for form, count in zip(("ics", "eml"), counts):
        name = " ".join(["invite", event, f"--format={form}", *words])
        files = calendar.invite(event, f"--format={form}", *words)
        common.result(len(files) == count * len(PEOPLE), f"{name} writes {count} for each person",
                      *(str(file.relative_to(calendar.folder)) for file in files))
        faults = [f"{file.name}: {fault}" for file in files for fault in check_person(calendar, file, method, whole, ids)]
        common.result(files and not faults, f"{name} is as RFC 5546 says of {method}", *faults)


def check_published(directory, out):
    """Every feed and per-event file of a calendar."""
    files = sorted(out.rglob("*.ics"))
    revisions = yaml.safe_load((directory / "revisions.yaml").read_text())
    faults = [f"{file.name}: {fault}" for file in files
              for fault in message_faults(file.read_bytes(), "PUBLISH", revisions)
              if "has not just one" not in fault and not (file.parent.name != "events" and "components are []" in fault)]
    common.result(files and not faults, f"{len(files)} files of {directory.parent.name} are as RFC 5546 says of PUBLISH", *faults)


# --- what people get in the life of an event ----------------------------------------------------------------------

LIFE = """events:
  - {id: single, summary: Lezing, start: 2031-02-21 14:00, end: 2031-02-21 16:00}
  - id: course
    summary: Cursus
    start: 2031-03-03 14:00
    duration: 2h
    rrule: FREQ=WEEKLY;COUNT=3
    overrides: {recurrence-id: 2031-03-10, start: 2031-03-11 14:00}
"""
MAILER = """#!/bin/bash
cat >mail.$$ && mv mail.$$ "$(printf 'got/%05d' $(ls got | wc -l))"
"""


class Life:
    """One event, and the mails about it in the order in which they went out."""

    def __init__(self, event, folder):
        self.event, self.folder, self.seen, self.people = event, folder, 0, ["a", "b", "c"]
        (folder / "events").mkdir()
        (folder / "got").mkdir()
        (folder / "events" / "calendar.yaml").write_text(
            "name: N\ntimezone: Europe/Amsterdam\ndomain: example.org\nlanguage: nl\n"
            "organizer: {name: Team, email: team@example.org}\n")
        (folder / "events" / "a.yaml").write_text(LIFE)
        (folder / "mailer").write_text(MAILER)
        (folder / "mailer").chmod(0o700)

    def edit(self, before, after):
        file = self.folder / "events" / "a.yaml"
        text = file.read_text()
        assert before in text, before
        file.write_text(text.replace(before, after))

    def send(self, *arguments):
        """Runs it. Returns the mails that it sent: (recipient, subject, method, sequence, VEVENTs), sorted."""
        people = [] if arguments else [f"--to={name}@example.org" for name in self.people]
        ran = subprocess.run([common.EVCAL, "invite", self.event, "--send", f"--mailer={self.folder}/mailer", *people, *arguments],
                             cwd=self.folder, capture_output=True, text=True)
        mails = []
        for file in sorted((self.folder / "got").iterdir())[self.seen:]:
            message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            part, = (part for part in message.walk() if part.get_content_type() == "text/calendar")
            file_of = icalendar.Calendar.from_ical(part.get_content())
            events = file_of.walk("VEVENT")
            to = message["To"].addresses[0].username
            assert {str(person) for event in events for person in attendees(event)} == {f"mailto:{to}@example.org"}, file
            assert part.get_param("method") == file_of["METHOD"] and ran.returncode == 0, ran
            mails.append((to, str(message["Subject"]), str(file_of["METHOD"]), {int(event["SEQUENCE"]) for event in events}, events))
        self.seen += len(mails)
        return sorted(mails, key=lambda mail: mail[:2])

    def holds(self, name, mails, people, method, subject, sequence, each=1):
        """So many mails to each of the people, and to nobody else."""
        wanted = sorted(people * each)
        common.result([mail[0] for mail in mails] == wanted and all(
            mail[2] == method and mail[1].startswith(subject) and mail[3] == {sequence} for mail in mails),
            f"{self.event}: {name}", *(mail[:4] for mail in mails))


def attendees(event):
    found = event.get("ATTENDEE", [])
    return found if isinstance(found, list) else [found]


def check_status(event, life, wanted):
    """What --status lists: (address, date, state) of each mail, in both formats for programs."""
    def status(form):
        ran = subprocess.run([common.EVCAL, "invite", event, "--status", f"--format={form}", "--language=en"], cwd=life.folder,
                             capture_output=True, text=True, check=True)
        return ran.stdout
    rows = [(row["address"].split("@")[0], row["recurrence_id"], row["state"]) for row in json.loads(status("json"))["invitations"]]
    cells = list(csv.reader(status("csv").lstrip("\ufeff").splitlines()))
    said = {"sent": "sent", "changed": "changed since", "withdrawn": "withdrawn"}
    common.result(sorted(rows, key=str) == sorted(wanted, key=str), f"{event}: --status as JSON", *rows)
    common.result(cells[0] == ["id", "address", "date", "status", "time"] and sorted(
        [(row[1].split("@")[0], row[2], row[3]) for row in cells[1:]]) == sorted(
            [(name, date or "", said[state]) for name, date, state in wanted]), f"{event}: --status as CSV", *cells)


def check_domains():
    """International domains are written in their ASCII form, which Python's codec has too."""
    draw, letters = random.Random(3), "abcdefgxyz0189-éüöçñåαβγжщя日本語"
    with tempfile.TemporaryDirectory(prefix="evcal-invites-") as folder:
        life = Life("single", pathlib.Path(folder))
        names = ["".join(draw.choice(letters) for _ in range(draw.randint(2, 12))).strip("-").replace("--", "-") for _ in range(60)]
        domains = sorted({f"x{name}.example" for name in names if not name.isascii()})
        (life.folder / "people.csv").write_text("e-mail\n" + "".join(f"lid@{domain}\n" for domain in domains))
        ran = subprocess.run([common.EVCAL, "invite", "single", "--attendees=people.csv", "-q"], cwd=life.folder,
                             capture_output=True, text=True)
        made = sorted(file.stem.removeprefix("lid@") for file in (life.folder / "invites" / "single").glob("*.ics"))
        wanted = sorted(domain.encode("idna").decode() for domain in domains)
        common.result(ran.returncode == 0 and len(domains) > 30 and made == wanted, "international domains have their ASCII form",
                      ran.stderr, *sorted(set(made) ^ set(wanted)))


def check_life(event, each, moved):
    """Invited, changed twice, one withdrawn, invited again, and cancelled (RFC 5546, 3.2.2 and 3.2.5)."""
    with tempfile.TemporaryDirectory(prefix="evcal-invites-") as folder:
        life = Life(event, pathlib.Path(folder))
        title = {"single": "Lezing", "course": "Cursus"}[event]
        mails = life.send()
        life.holds("all are invited", mails, ["a", "b", "c"], "REQUEST", title, 0, each)
        day = {"single": "(vrijdag 21 februari 2031)", "course": "(vanaf maandag 3 maart 2031)"}[event]
        common.result(f"{title} {day}" in [mail[1] for mail in mails], f"{event}: the subject has its day", *mails)
        life.holds("nobody gets it twice", life.send(), [], "", "", 0)
        dates = [None] if each == 1 else [None, "2031-03-10"]
        check_status(event, life, [(name, date, "sent") for name in "abc" for date in dates])
        life.edit(f"summary: {title}", f"summary: {title} in de wijk")
        life.holds("a new title goes to all, and raises nothing", life.send(), ["a", "b", "c"], "REQUEST", f"Gewijzigd: {title} in de wijk",
                   0, each)
        life.edit(*moved)
        mails = life.send()
        life.holds("a new time goes to all", mails, ["a", "b", "c"], "REQUEST", f"Gewijzigd: {title}", 1, each)
        common.result(all(vevent["DTSTART"].dt.hour == 15 for mail in mails for vevent in mail[4]), f"{event}: and is the new one")
        life.holds("one is withdrawn", life.send("--to=b@example.org", "--cancel"), ["b"], "CANCEL", "Uitnodiging ingetrokken: ", 2, 1)
        life.people.remove("b")
        check_status(event, life, [(name, date, "withdrawn" if name == "b" else "sent") for name in "abc" for date in dates])
        life.holds("which the others hear nothing of", life.send(), [], "", "", 0)
        life.people.append("b")
        life.holds("and invited again", life.send(), ["b"], "REQUEST", title, 2, each)
        life.people.remove("b")
        life.holds("withdrawn again", life.send("--to=b@example.org", "--cancel"), ["b"], "CANCEL", "", 3, 1)
        life.edit(f"summary: {title}", f"status: cancelled, summary: {title}" if event == "single" else
                  f"status: cancelled\n    summary: {title}")
        mails = life.send()
        life.holds("the others hear of its end", mails, ["a", "c"], "CANCEL", "Geannuleerd: ", 4, 1)
        common.result(all(vevent["STATUS"] == "CANCELLED" for mail in mails for vevent in mail[4]), f"{event}: as cancelled")
        life.holds("once", life.send(), [], "", "", 0)


def main():
    with tempfile.TemporaryDirectory(prefix="evcal-invites-") as folder:
        calendar = Calendar(folder)
        ids = {}
        calendar.run("export", "-o", "public")
        check_published(calendar.folder / "events", calendar.folder / "public")
        for event, counts in (("plain", (1, 1)), ("day", (1, 1)), ("utc", (1, 1)), ("series", (1, 3)), ("extra", (3, 3))):
            check_invites(calendar, event, "REQUEST", counts, ids=ids)
        sent = len(ids)
        check_invites(calendar, "plain", "REQUEST", (1, 1), ids=ids)
        common.result(len(ids) == sent, "the same messages have the same Message-IDs on every run")
        check_invites(calendar, "off", "CANCEL", (1, 1), whole=True, ids=ids)
        check_invites(calendar, "off", "CANCEL", (1, 1), "--cancel", whole=True, ids=ids)
        for event, counts in (("plain", (1, 1)), ("day", (1, 1)), ("series", (1, 1)), ("extra", (3, 3))):
            before = calendar.revisions()
            check_invites(calendar, event, "CANCEL", counts, "--cancel", whole=False, ids=ids)
            uid, after = f"{event}@example.org", calendar.revisions()
            common.result(after[uid]["sequence"] == before[uid]["sequence"] + 1, f"withdrawing raises SEQUENCE of {event} once")
        # What is invited, withdrawn or changed anew is another message.
        check_invites(calendar, "plain", "REQUEST", (1, 1), ids=ids)
        check_invites(calendar, "plain", "CANCEL", (1, 1), "--cancel", whole=False, ids=ids)
        events = calendar.folder / "events" / "a.yaml"
        events.write_text(events.read_text().replace("status: tentative,\n", "status: cancelled,\n"))
        check_invites(calendar, "series", "CANCEL", (1, 1), whole=True, ids=ids)
        calendar.run("export", "-o", "public")
        check_published(calendar.folder / "events", calendar.folder / "public")
    for directory in common.calendars():
        with tempfile.TemporaryDirectory(prefix="evcal-invites-") as folder:
            copy = pathlib.Path(folder) / directory.parent.name / "events"
            shutil.copytree(directory, copy)
            out = copy.parent / "public"
            subprocess.run([common.EVCAL, "export", "-q", "-C", copy, "-o", out], check=True, stderr=subprocess.DEVNULL,
                           env=dict(os.environ, SOURCE_DATE_EPOCH="1608195600"))
            check_published(copy, out)
    check_domains()
    check_life("single", 1, ("14:00, end: 2031-02-21 16:00", "15:00, end: 2031-02-21 17:00"))
    check_life("course", 2, ("14:00", "15:00"))
    sys.exit(common.failed)


main()
