"""A calendar of events drawn at random over the whole format, read back by every reader: drawn.py [EVENTS [SEED]].

The files of the events and a feed of all of them are compared with the YAML.
"""
import datetime
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import dateutil.rrule
import yaml

import common
import readers

ZONES = ["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]
# Words that a text can be broken, escaped or taken for something else in. None means anything in Markdown.
WORDS = ["een", "twee,", "drie;", "vier:", "“vijf”", "'zes'", "zeven%", "acht\N{NO-BREAK SPACE}acht", "négen", "tién",
         "😀", "👩‍👩‍👧", "日本語", "Ελληνικά", "a=b;c=d,e", "x" * 70, "BEGIN:VEVENT", "é" * 40, "1.5", "(half)", "/", "?"]
CALENDAR = {
    "name": "Getrokken",
    "domain": "example.org",
    "timezone": "Europe/Amsterdam",
    "language": "nl",
    "organizer": {"name": "Test, de; \"echte\"", "email": "test@example.org"},
    "types": {
        "workshop": {"name": "Workshop", "duration": "2h", "reminder": "1d", "categories": ["leren"], "location": "Utrecht"},
        "week": {"name": "Week", "show-as": "free"},
    },
    "feeds": [{"id": "alles", "name": "Alles"}],
}


class Draw:
    """Draws events with a generator of its own."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def text(self, most):
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(1, most))).strip()

    def inline(self):
        """A few words in Markdown."""
        text = self.text(3)
        return self.random.choice([
            lambda: text, lambda: text, lambda: text, lambda: f"*{text}*", lambda: f"**{text}**", lambda: f"`{text}`",
            lambda: f"[{text}](https://example.org/{self.random.randrange(99)}?a=1&amp;b=2)",
            lambda: f"[{self.text(1)}](mailto:info@example.org)", lambda: f"<https://example.org/{self.random.randrange(99)}>",
            lambda: f"![{text}](https://example.org/beeld.png \"Titel\")", lambda: f"&eacute;{text}&nbsp;&euro;",
            lambda: f"{text}  \n{self.text(2)}", lambda: f"{text} <naam>", lambda: "2*3*4", lambda: f"***{text}***"])()

    def lines(self, most):
        return ["w " + " ".join(self.inline() for _ in range(self.random.randint(1, 4)))
                for _ in range(self.random.randint(1, most))]

    def block(self):
        """A block of Markdown."""
        indent = "\n  "
        return self.random.choice([
            lambda: "\n".join(self.lines(4)), lambda: "\n".join(self.lines(4)),
            lambda: f"{'#' * self.random.randint(1, 6)} {self.text(4)}",
            lambda: "\n".join("> " + line.replace("\n", "\n> ") for line in self.lines(3)),
            lambda: "\n".join("- " + indent.join("\n".join(self.lines(2)).split("\n")) for _ in range(3)),
            lambda: "\n".join(f"{self.random.randint(1, 9)}. " + line.replace("\n", "\n   ") for line in self.lines(4)),
            lambda: "\n\n".join("* " + line.replace("\n", indent) for line in self.lines(3)),
            lambda: "\n".join(["- een", "  1) " + self.text(3), "  5) " + self.text(3), "- twee"]),
            lambda: "```\n" + "\n".join(self.lines(3)) + "\n```", lambda: f"w {self.text(4)}\n\n---"])()

    def day(self):
        return datetime.date(2021, 1, 1) + datetime.timedelta(days=self.random.randrange(1200))

    def clock(self):
        # The clocks are changed between one and four.
        return datetime.time(self.random.randint(5, 20), self.random.choice([0, 5, 15, 30, 45, 59]))

    def rule(self, timed):
        """A rule of a kind that Outlook can hold, without its end."""
        week = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        some = ",".join(sorted(self.random.sample(week, self.random.randint(1, 4)), key=week.index))
        kinds = [f"FREQ=WEEKLY;BYDAY={some}", "FREQ=WEEKLY", f"FREQ=WEEKLY;INTERVAL={self.random.randint(2, 5)}",
                 f"FREQ=MONTHLY;BYMONTHDAY={self.random.randint(1, 28)}", "FREQ=MONTHLY;BYMONTHDAY=-1",
                 f"FREQ=MONTHLY;BYDAY={self.random.choice([1, 2, 3, 4, -1])}{self.random.choice(week)}",
                 f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={self.random.randint(1, 28)}",
                 f"FREQ=YEARLY;BYMONTH=3;BYDAY=-1{self.random.choice(week)}", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12"]
        return self.random.choice(kinds + ["FREQ=DAILY", "FREQ=DAILY;INTERVAL=3"] * timed)

    def recur(self, event, day, time, all_day):
        """Makes the event recur: its start becomes the first date of the rule."""
        rule = self.rule(not all_day)
        dates = [date.date() for date, _ in zip(dateutil.rrule.rrulestr(
            rule, dtstart=datetime.datetime.combine(day, datetime.time())), range(self.random.randint(3, 12)))]
        event["rrule"] = f"{rule};COUNT={len(dates)}" if self.chance(60) else f"{rule};UNTIL={dates[-1]:%Y%m%d}"
        later = dates[1:]
        if self.chance(50):
            event["exdate"] = [str(date) for date in sorted(self.random.sample(later, min(len(later) - 1, 2)))]
            later = [date for date in later if str(date) not in event["exdate"]]
        if self.chance(50) and later:
            event["overrides"] = [self.override(date, time) for date in
                                  sorted(self.random.sample(later, min(len(later), 2)))]
        return dates[0]

    def override(self, date, time):
        own = {"recurrence-id": str(date)}
        if time and self.chance(50):
            own["start"] = f"{date} {time.hour + 1:02}:{time.minute:02}"
            own["duration"] = f"{self.random.randint(10, 100)}m"
        if self.chance(60) or len(own) == 1:
            own["summary"] = self.text(4)
        if self.chance(40):
            own["location"] = self.text(3)
        return own

    def event(self, number):
        event = {"id": f"drawn-{number}", "summary": self.text(6)}
        all_day, day, time = self.chance(30), self.day(), None
        if self.chance(30):
            event["type"] = self.random.choice(["workshop", "week"])
        if not all_day:
            time = self.clock()
        if self.chance(35):
            day = self.recur(event, day, time, all_day)
        elif self.chance(10):
            event["rdate"] = [str(day + datetime.timedelta(days=7 * n)) for n in range(1, self.random.randint(2, 4))]
        if all_day:
            event["start"] = str(day)
            if "rrule" not in event and self.chance(40):
                event["end"] = str(day + datetime.timedelta(days=self.random.randrange(20)))
        else:
            zulu = self.chance(10) and "rrule" not in event
            event["start"] = f"{day} {time:%H:%M}" + ("Z" if zulu else "")
            if not zulu and self.chance(30):
                event["timezone"] = self.random.choice(ZONES)
            if self.chance(50) and time.hour < 20:
                event["end"] = f"{self.random.randint(time.hour + 1, 22):02}:{time.minute:02}"
                if zulu:
                    event["end"] = f"{day} {event['end']}Z"
            else:
                event["duration"] = self.random.choice(["45m", "1h30m", "PT2H", "3h"])
        self.decorate(event)
        return event

    def decorate(self, event):
        """The keys that change no time."""
        some = {
            "location": lambda: self.text(4),
            "geo": lambda: [round(self.random.uniform(-90, 90), 4), round(self.random.uniform(-180, 180), 4)],
            "url": lambda: f"https://example.org/{event['id']}?a=1&b=2",
            "conference": lambda: {"url": f"https://example.org/meet/{event['id']}", "label": self.text(2)},
            "description": lambda: "\n\n".join(self.block() for _ in range(self.random.randint(1, 4))) + "\n",
            "html": lambda: True,
            "registration": lambda: {"url": "https://example.org/aanmelden", "capacity": self.random.randint(1, 99)},
            "categories": lambda: self.random.sample(["online", "a;b", "c d", "é"], self.random.randint(1, 3)),
            "status": lambda: self.random.choice(["tentative", "confirmed", "cancelled"]),
            "class": lambda: self.random.choice(["public", "private", "confidential"]),
            "show-as": lambda: self.random.choice(["free", "tentative", "busy", "away"]),
            "priority": lambda: self.random.choice(["high", "normal", "low"]),
            "color": lambda: "tomato",
            "image": lambda: "https://example.org/beeld.png",
            "attach": lambda: ["https://example.org/a.pdf"],
            "contact": lambda: self.text(3),
            "organizer": lambda: {"name": self.text(2), "email": "ander@example.org"},
            "reminder": lambda: self.random.choice(["15m", "1h30m", "1d", "2w", "none"]),
            "sequence": lambda: self.random.randint(0, 9),
        }
        for key, draw in some.items():
            if self.chance(25) and not (key == "html" and "description" not in event):
                event[key] = draw()


class Plain(yaml.SafeDumper):
    """No anchors where a list stands twice: tests/valid has those."""

    def ignore_aliases(self, data):
        return True


def write(folder, events, generator):
    """The calendar, its events in several files and styles."""
    folder.mkdir(parents=True)
    (folder / "calendar.yaml").write_text(yaml.safe_dump(CALENDAR, allow_unicode=True, sort_keys=False))
    files = [events[at::7] for at in range(7)]
    for number, some in enumerate(files):
        text = yaml.dump({"events": some}, Dumper=Plain, allow_unicode=True, sort_keys=False,
                         default_flow_style=generator.choice([False, None]), width=generator.choice([40, 100, 1000]))
        (folder / f"{number}.yaml").write_text(text)


def look_at_feed(out, wanted):
    """What the readers find in the feed is what they find in the files."""
    feed = out / "alles.ics"
    text = feed.read_bytes().decode()
    uids = sorted(want["uid"] for want in wanted.values())
    read = {"icalendar": readers.by_icalendar(text), "vobject": readers.by_vobject(text),
            "ical.js": readers.by_ical_js([feed])[str(feed)]}
    for reader, found in read.items():
        common.result(sorted(found) == uids, f"{reader} finds every event in the feed")
        wrong = [f"{want['uid']}: {line}" for want in wanted.values()
                 for line in readers.differences({k: v for k, v in want.items() if k != "as_long"}, found[want["uid"]])]
        common.result(not wrong, f"{reader} reads the feed", *wrong[:10])


def look_at_preview(folder, out, count):
    """evcal reads its own files back, with other revisions, and finds what the YAML says."""
    ran = subprocess.run([common.EVCAL, "export", "--dry-run", "--language=en", "-C", folder, "-o", out], text=True, check=True,
                         env=dict(os.environ, SOURCE_DATE_EPOCH="1608195660"), stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL)
    lines = [line for line in ran.stdout.splitlines() if not line.startswith("feed ")]
    common.result(lines == [f"0 events would change, {count} would stay as they are (compared with {out})"], "evcal reads its own files",
                  *lines[:10])


def main(arguments):
    count = int(arguments[0]) if arguments else 1000
    seed = int(arguments[1]) if len(arguments) > 1 else 1
    print(f"# {count} events, seed {seed}")
    draw = Draw(seed)
    events = [draw.event(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work) / "drawn" / "events"
        write(folder, events, draw.random)
        wanted = readers.expected(folder)
        out = common.export(folder)
        readers.look_at_files(f"seed {seed}", out, wanted)
        look_at_feed(out, wanted)
        look_at_preview(folder, out, len(wanted))
        shutil.rmtree(out)
    sys.exit(common.failed)


if __name__ == "__main__":
    main(sys.argv[1:])
