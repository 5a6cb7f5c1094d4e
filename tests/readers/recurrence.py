"""Rules: the examples of RFC 5545; rules drawn at random within what Outlook can hold, which evcal, python-dateutil and
ical.js must expand to the same instants; rules drawn outside it, and hostile ones, which must be refused.

The seed is printed; EVCAL_SEED sets it, and EVCAL_RULES how many rules are drawn for each zone. The tests run in two
settings, and each draws rules of its own.
"""
import calendar as months
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import zlib
import zoneinfo

import dateutil.rrule
import icalendar

import common
import rfc5545

UTC = datetime.timezone.utc
HOME = zoneinfo.ZoneInfo("Europe/Amsterdam")
DAY = datetime.timedelta(days=1)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# The years from which one yearly pair of clock changes does for all that follow, never before 1971; None: whole days.
ZONES = {"Europe/Amsterdam": 1997, "Europe/Dublin": 1997, "America/New_York": 2008, "Australia/Sydney": 2009,
         "Australia/Lord_Howe": 2009, "Pacific/Auckland": 2008, "Asia/Tokyo": 1971, "Asia/Kolkata": 1971,
         "Africa/Johannesburg": 1971, "UTC": 1960, None: 1960}
# What Outlook can hold (MS-STANOICAL).
INTERVAL_MOST = {"DAILY": 999, "WEEKLY": 99, "MONTHLY": 99, "YEARLY": 8}
COUNT_MOST = 999
POSITIONS = [1, 2, 3, 4, -1]
RULES = int(os.environ.get("EVCAL_RULES", "50"))
SEED = int(os.environ.get("EVCAL_SEED", zlib.crc32(os.environ.get("TZ", "").encode())))
OUTSIDE_EACH = 4  # how many rules are drawn of everything that can be wrong
ENDLESS_YEARS = 5  # how far endless rules are compared
SURE_YEARS = 11  # how far evcal looks at their zone, and a little more
HOSTILE_MOST = 2 * 10**9  # instructions, of all hostile rules
PATIENCE = 600  # seconds after which evcal hangs


def run(directory, *arguments):
    return subprocess.run([common.EVCAL, *arguments], cwd=directory, text=True, capture_output=True, timeout=PATIENCE,
                          env=dict(os.environ, SOURCE_DATE_EPOCH="1608195600"))


def write(directory, zone, events):
    """A calendar of these events."""
    calendar = {"name": "Rules", "domain": "example.org", "timezone": zone,
                "organizer": {"name": "Test", "email": "test@example.org"}}
    folder = pathlib.Path(directory, "events")
    folder.mkdir(exist_ok=True)
    (folder / "calendar.yaml").write_text(json.dumps(calendar))
    lines = [json.dumps(event) for event in events]
    (folder / "a.yaml").write_text("events:\n" + "".join(f"  - {line}\n" for line in lines))


def listing(directory, *arguments):
    """What list gives of each id: (recurrence id, start, end); and its status and findings."""
    ran = run(directory, "list", "--format=json", *arguments)
    found = {}
    for row in json.loads(ran.stdout)["occurrences"]:
        found.setdefault(row["id"], []).append((row["recurrence_id"], row["start"], row["end"]))
    return found, ran


def codes(ran):
    """The codes of the errors."""
    return set(re.findall(r"^\S+: error: .* \[([a-z-]+)\]$", ran.stderr, re.M))


def wrote_nothing(directory):
    """Export with errors leaves no file behind: the calendar is as it was."""
    ran = run(directory, "export")
    names = sorted(str(path.relative_to(directory)) for path in pathlib.Path(directory).rglob("*"))
    return ran, ran.returncode == 1 and names == ["events", "events/a.yaml", "events/calendar.yaml"]


# --- the examples of RFC 5545 ----------------------------------------------------------------------------------------

def example(name, day, rule, dates, refused):
    """One row of the table."""
    wanted = rfc5545.occurrences(dates)
    endless = not re.search("COUNT|UNTIL", rule)
    with tempfile.TemporaryDirectory(prefix="evcal-rules-") as folder:
        event = {"id": "a", "summary": "A", "start": f"{day} 09:00", "end": "10:00", "rrule": rule}
        if wanted and wanted[0][:10] != day:
            event["exdate"] = day
        write(folder, "America/New_York", [event])
        bounds = [f"--until={wanted[-1][:10]}"] if wanted and endless else []
        found, ran = listing(folder, *bounds)
        starts = [start for _, start, _ in found.get("a", [])]
        if refused != rfc5545.RRULE:
            common.result(starts == wanted, f"RFC 5545, {name}: its dates", starts, wanted)
            common.result(all(at == start for at, start, _ in found["a"]), f"RFC 5545, {name}: its recurrence ids")
        if refused:
            exported, nothing = wrote_nothing(folder)
            common.result(codes(ran) == codes(exported) == {refused} and ran.returncode == 1 and nothing,
                          f"RFC 5545, {name}: refused, with {refused}", ran.stderr, exported.stderr)
        else:
            common.result(ran.returncode == 0 and not ran.stderr, f"RFC 5545, {name}: nothing wrong", ran.stderr)
        proposed = re.search(r'(write rdate: \[|the first are )([^]\n]*)\]?$', ran.stderr, re.M)
        if refused == rfc5545.RRULE and wanted:
            # What is offered in its place: all of the dates, or the first three of more.
            others = [at[:10] for at in wanted if at[:10] != day]
            shown = proposed.group(2).split(", ") if proposed else []
            more = proposed is not None and proposed.group(1) == "the first are "
            known = min(len(shown), len(others))
            good = shown and shown[:known] == others[:known] and more == (endless or len(others) > len(shown))
            common.result(good, f"RFC 5545, {name}: the dates that are offered instead", shown, others)


# --- rules within what Outlook can hold ------------------------------------------------------------------------------

def draw_days(draw, frequency):
    """The BY parts of a rule."""
    month = draw.randint(1, 12)
    weekdays = draw.sample(WEEKDAYS, draw.randint(1, 7))
    position = draw.choice(POSITIONS)
    if frequency == "DAILY":
        return {}
    if frequency == "WEEKLY":
        return draw.choice([{}, {"BYDAY": ",".join(weekdays)}])
    by_month = {"BYMONTH": month} if frequency == "YEARLY" else {}
    sure = 28 if frequency == "MONTHLY" else months.monthrange(2021, month)[1]
    return draw.choice([
        {},
        by_month,
        {**by_month, "BYMONTHDAY": draw.choice([draw.randint(1, sure), sure, -1])},
        {**by_month, "BYDAY": f"{draw.choice(['', '+']) if position > 0 else ''}{position}{weekdays[0]}"},
        {**by_month, "BYDAY": ",".join(weekdays), "BYSETPOS": position},
    ])


def draw_interval(draw, frequency):
    most = INTERVAL_MOST[frequency]
    return draw.choice([1, 1, 1, 2, 2, 3, draw.randint(1, min(most, 12)), draw.randint(1, most), most])


def joined(parts):
    return ";".join(f"{name}={value}" for name, value in parts.items())


def text_of(draw, parts):
    """The rule as people write it: FREQ mostly in front, capitals or not."""
    words = [f"{name}={value}" for name, value in parts.items()]
    if draw.random() < 0.2:
        draw.shuffle(words)
    text = ";".join(words)
    return text.lower() if draw.random() < 0.1 else text


def expansion(rule, start, most):
    """What python-dateutil makes of a rule by the clock on the wall."""
    count = 0
    for moment in dateutil.rrule.rrulestr(rule, dtstart=start):
        yield moment
        count += 1
        if count == most:
            return


class Drawn:
    """An event with a rule, and its occurrences as python-dateutil sees them."""

    def __init__(self, draw, number, zone, last):
        self.zone, self.all_day = zone and zoneinfo.ZoneInfo(zone), not zone
        self.last = last  # the day, at home, up to which it is followed where it has no end
        frequency = draw.choice(list(INTERVAL_MOST))
        days = draw_days(draw, frequency)
        self.parts = {"FREQ": frequency, **days}
        self.endless = draw.random() < 0.2
        near, any_year = last.year - draw.randint(3, ENDLESS_YEARS), ZONES[zone] + draw.randint(0, 40)
        self.begin(draw, near if self.endless else any_year)
        interval = draw_interval(draw, frequency)
        if interval > 1 or draw.random() < 0.1:
            self.parts["INTERVAL"] = interval
        if draw.random() < 0.4:
            self.parts["WKST"] = draw.choice(WEEKDAYS)
        if not self.endless:
            self.end_rule(draw)
        self.event = {"id": f"rule-{number}", "summary": f"Rule {number}", "rrule": text_of(draw, self.parts),
                      **self.written(zone)}
        self.take_out(draw)

    def begin(self, draw, year):
        """The start, an occurrence of the rule, and how long it lasts."""
        base = datetime.datetime(year, draw.randint(1, 12), draw.randint(1, 28))
        if not self.all_day:
            base += datetime.timedelta(minutes=5 * draw.randint(0, 287))
        self.start = next(expansion(joined(self.parts), base, 1))
        self.length = draw.choice([1, 1, 2, 7]) * DAY if self.parts["FREQ"] in ("MONTHLY", "YEARLY") else DAY
        if not self.all_day:
            self.length = datetime.timedelta(minutes=draw.choice([5, 30, 60, 90, 120, 300]))

    def end_rule(self, draw):
        """COUNT, or UNTIL in one of its forms: at an occurrence, a second before one, or on any day."""
        count = draw.choice([1, 2, 5, 10, draw.randint(1, 60), draw.randint(1, 60)])
        if draw.random() < 0.5:
            # All of them, where that does not pass the years that Outlook knows.
            days = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[self.parts["FREQ"]]
            short = days * self.parts.get("INTERVAL", 1) < 366
            self.parts["COUNT"] = COUNT_MOST if short and draw.random() < 0.05 else count
            return
        rule = joined(self.parts)
        last = list(expansion(rule, self.start, count + 1))[-1]
        forms = ["date"] if self.all_day else ["date", "wall", "utc", "before"]
        form = draw.choice(forms)
        if form == "date":
            last += DAY * draw.choice([-1, 0, 0, 1])
            last = max(last, self.start)
            text = f"{last:%Y%m%d}"
        elif form == "wall":
            text = f"{last:%Y%m%dT%H%M%S}"
        else:
            at = self.instant(last) - datetime.timedelta(seconds=form == "before")
            text = f"{at:%Y%m%dT%H%M%SZ}"
        self.parts["UNTIL"] = text

    def written(self, zone):
        """The keys that say when it is."""
        end = self.start + self.length
        if self.all_day:
            return {"start": f"{self.start:%Y-%m-%d}", "end": f"{end - DAY:%Y-%m-%d}"}
        if zone == "UTC":
            return {"start": f"{self.start:%Y-%m-%d %H:%M}Z", "end": f"{end:%Y-%m-%d %H:%M}Z"}
        return {"start": f"{self.start:%Y-%m-%d %H:%M}", "end": f"{end:%Y-%m-%d %H:%M}", "timezone": zone}

    def take_out(self, draw):
        """Some exdates, as a date or with the time."""
        self.out = set()
        walls = list(self.walls())[:200]
        if len(walls) < 2 or draw.random() < 0.6:
            return
        self.out = set(draw.sample(walls, draw.randint(1, min(5, len(walls) - 1))))
        form = "%Y-%m-%d" if self.all_day or draw.random() < 0.5 else "%Y-%m-%d %H:%M"
        z = "Z" if self.zone and self.zone.key == "UTC" and form[-1] == "M" else ""
        out = [f"{wall.strftime(form)}{z}" for wall in sorted(self.out)]
        self.event["exdate"] = out if len(out) > 1 else out[0]

    def instant(self, wall):
        return wall.replace(tzinfo=self.zone or UTC).astimezone(UTC)

    def behind(self, wall, last):
        """Whether an occurrence lies behind a day at home."""
        return (wall if self.all_day else self.instant(wall).astimezone(HOME)).date() > last

    def walls(self, last=None):
        """The occurrences by the clock on the wall, those that are taken out included."""
        parts = dict(self.parts)
        until = parts.pop("UNTIL", None)
        for wall in expansion(joined(parts), self.start, 20000):
            if self.endless and self.behind(wall, last or self.last):
                return
            if until and self.passed(wall, until):
                return
            yield wall

    def passed(self, wall, until):
        if len(until) == 8:
            return f"{wall:%Y%m%d}" > until
        if until.endswith("Z"):
            return f"{self.instant(wall):%Y%m%dT%H%M%SZ}" > until
        return f"{wall:%Y%m%dT%H%M%S}" > until

    def clear(self):
        """Whether no occurrence begins or ends at a time that the clocks skip or pass twice."""
        if not self.zone:
            return True
        for wall in self.walls(self.start.date() + SURE_YEARS * 366 * DAY):
            for at in (wall, wall + self.length):
                if at.replace(tzinfo=self.zone).utcoffset() != at.replace(tzinfo=self.zone, fold=1).utcoffset():
                    return False
        return True

    def occurrences(self):
        """(start, end) of each, as text: dates, the end being the last day, or times in UTC."""
        for wall in self.walls():
            if wall in self.out:
                continue
            if self.all_day:
                yield f"{wall:%Y-%m-%d}", f"{wall + self.length - DAY:%Y-%m-%d}"
            else:
                yield tuple(f"{self.instant(at):%Y-%m-%dT%H:%M:%SZ}" for at in (wall, wall + self.length))

    def bound(self):
        """The text that no start is behind, up to where a reader follows the rule: an end of its own is left to it."""
        if not self.endless:
            return "9999"
        end = datetime.datetime.combine(self.last + DAY, datetime.time(), HOME) - datetime.timedelta(seconds=1)
        return f"{self.last}" if self.all_day else f"{end.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def in_utc(text):
    """A start or an end of list: a date as it is, a time in UTC."""
    if len(text) == 10:
        return text
    return f"{datetime.datetime.fromisoformat(text.replace('Z', '+00:00')).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def by_dateutil(event, bound):
    """The starts of an exported event, by python-dateutil."""
    start, rule = event["DTSTART"], event["RRULE"].to_ical().decode() if "RRULE" in event else "FREQ=DAILY;COUNT=1"
    zone = start.params.get("TZID")
    out = event.get("EXDATE")
    first = start.dt
    if not isinstance(first, datetime.datetime):
        first = datetime.datetime.combine(first, datetime.time())
        skipped = {datetime.datetime.combine(at.dt, datetime.time()) for at in out.dts} if out else set()
    else:
        first = first.replace(tzinfo=zoneinfo.ZoneInfo(zone) if zone else UTC)
        # The system's zone data again: what icalendar takes for a zone ends in 2037.
        skipped = {at.dt.replace(tzinfo=first.tzinfo).astimezone(UTC) for at in out.dts} if out else set()
    for moment in expansion(rule, first, 20000):
        if moment.tzinfo:
            moment = moment.astimezone(UTC)
        if moment in skipped:
            continue
        text = f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.tzinfo else f"{moment:%Y-%m-%d}"
        if text > bound:
            return
        yield text


def completed(event):
    """Whether a rule that is published leaves nothing to DTSTART, and says what Outlook wants. One
    of a single date is published without."""
    if "RRULE" not in event:
        return True
    rule = event["RRULE"].to_ical().decode()
    monthly = re.search("BYMONTHDAY|BYDAY", rule)
    says = {"DAILY": True, "WEEKLY": "BYDAY" in rule, "MONTHLY": monthly, "YEARLY": monthly and "BYMONTH=" in rule}
    until = re.search(r"UNTIL=(\w+)", rule)
    timed = isinstance(event["DTSTART"].dt, datetime.datetime)
    return (says[re.search(r"FREQ=(\w+)", rule).group(1)] and ("INTERVAL" in rule) == ("WKST" in rule) and
            (not until or len(until.group(1)) == (16 if timed else 8)))


def compare(name, events, wanted, found):
    """One result for all events: each has the occurrences that it should have."""
    notes = []
    for drawn in events:
        key = drawn.event["id"]
        if found.get(key, []) == wanted[key]:
            continue
        lost = [at for at in wanted[key] if at not in found.get(key, [])][:3]
        more = [at for at in found.get(key, []) if at not in wanted[key]][:3]
        notes.append(f"{json.dumps(drawn.event)}: lacks {lost}, has {more}")
    common.result(not notes, name, *notes[:5])


def draw_events(draw, zone, count, last):
    events = []
    while len(events) < count:
        drawn = Drawn(draw, len(events), zone, last)
        if drawn.clear():
            events.append(drawn)
    return events


def listed(folder, name, events, wanted, last):
    """evcal list: rules that end as a whole, and those that do not up to the same day."""
    for what, endless, bounds in (("list", False, []), ("list --until of endless ones", True, [f"--until={last}"])):
        found, ran = listing(folder, *bounds)
        rows = {key: [(in_utc(start), in_utc(end)) for _, start, end in value] for key, value in found.items()}
        same = all(at in (start, None) for value in found.values() for at, start, _ in value)
        common.result(ran.returncode == 0 and same, f"{name}: {what}, without errors", ran.stderr)
        compare(f"{name}: {what}", [e for e in events if e.endless == endless], wanted, rows)


def drawn_within(draw, zone):
    """Rules of one zone: drawn, listed, exported, and read back."""
    last = datetime.date(ZONES[zone] + ENDLESS_YEARS + draw.randint(0, 40), draw.randint(1, 12), draw.randint(1, 28))
    events = draw_events(draw, zone, RULES, last)
    name = f"{RULES} rules in {zone or 'whole days'}"
    with tempfile.TemporaryDirectory(prefix="evcal-rules-") as folder:
        write(folder, HOME.key, [e.event for e in events])
        ran = run(folder, "export")
        common.result(ran.returncode == 0, f"{name}: Outlook can hold them", ran.stderr)
        if ran.returncode:
            return
        wanted = {e.event["id"]: list(e.occurrences()) for e in events}
        listed(folder, name, events, wanted, last)
        read_back(f"{folder}/public/calendar.ics", name, events,
                  {key: [start for start, _ in rows] for key, rows in wanted.items()})


def read_back(file, name, events, wanted):
    """The feed, as python-dateutil and ical.js see it."""
    bounds = {e.event["id"]: e.bound() for e in events}
    calendar = icalendar.Calendar.from_ical(pathlib.Path(file).read_bytes())
    read = {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    common.result(all(map(completed, read.values())), f"{name}: what is published leaves nothing open")
    compare(f"{name}: python-dateutil", events, wanted,
            {key: list(by_dateutil(event, bounds[key])) for key, event in read.items()})
    node = subprocess.run(
        ["node", str(common.HERE / "expand.js")], text=True, capture_output=True, check=True,
        input=json.dumps({"file": file, "until": {f"{key}@example.org": at for key, at in bounds.items()}}))
    compare(f"{name}: ical.js", events, wanted, {uid.split("@")[0]: at for uid, at in json.loads(node.stdout).items()})


# --- rules outside it ------------------------------------------------------------------------------------------------

def some(draw, least, most, count=None):
    """A list of different numbers, of two or more where it is not said how many."""
    return ",".join(map(str, draw.sample(range(least, most + 1), count or draw.randint(2, min(6, most - least + 1)))))


def days(draw, least=1, most=7):
    return ",".join(draw.sample(WEEKDAYS, draw.randint(least, most)))


def nth(draw, *positions):
    return f"{draw.choice(positions)}{draw.choice(WEEKDAYS)}"


def above(draw, most):
    """What is more than the most that Outlook holds, mostly by one."""
    return draw.choice([most + 1, most + 1, most + 1, draw.randint(most + 1, 10**9 - 1)])


# Positions that Outlook has no word for, mostly the nearest.
FAR = [*range(-53, -1), *range(5, 54), *[-2, 5] * 100]
SHORT, LONG = ["DAILY", "WEEKLY"], ["MONTHLY", "YEARLY"]
GOOD, BAD = "outlook-rrule", "bad-rrule"  # a rule of RFC 5545, or one that it forbids

# What may be wrong: FREQ, parts, the finding. Each part is drawn anew.
OUTSIDE = {
    "within a day": (["SECONDLY", "MINUTELY", "HOURLY"], {}, GOOD),
    "within a day, with BYDAY": (["SECONDLY", "MINUTELY", "HOURLY"], {"BYDAY": days}, GOOD),
    "BYHOUR": (SHORT + LONG, {"BYHOUR": lambda d: some(d, 0, 23, d.randint(1, 4))}, GOOD),
    "BYMINUTE": (SHORT + LONG, {"BYMINUTE": lambda d: some(d, 0, 59, d.randint(1, 4))}, GOOD),
    "BYSECOND": (SHORT + LONG, {"BYSECOND": lambda d: some(d, 0, 59, d.randint(1, 4))}, GOOD),
    "BYYEARDAY": (["YEARLY"], {"BYYEARDAY": lambda d: some(d, 1, 366, d.randint(1, 4))}, GOOD),
    "BYYEARDAY, not yearly": (["DAILY", "WEEKLY", "MONTHLY"], {"BYYEARDAY": lambda d: some(d, 1, 366)}, BAD),
    "BYWEEKNO": (["YEARLY"], {"BYWEEKNO": lambda d: some(d, 1, 53, d.randint(1, 4))}, GOOD),
    "BYWEEKNO with BYDAY": (["YEARLY"], {"BYWEEKNO": lambda d: some(d, 1, 53, 1), "BYDAY": days}, GOOD),
    "BYWEEKNO, not yearly": (["DAILY", "WEEKLY", "MONTHLY"], {"BYWEEKNO": lambda d: some(d, 1, 53)}, BAD),
    "BYWEEKNO with an ordinal": (["YEARLY"], {"BYWEEKNO": lambda d: some(d, 1, 53), "BYDAY": lambda d: nth(d, 1)}, BAD),
    "daily with BYDAY": (["DAILY"], {"BYDAY": days}, GOOD),
    "daily with BYMONTHDAY": (["DAILY"], {"BYMONTHDAY": lambda d: some(d, 1, 31)}, GOOD),
    "daily or weekly with BYMONTH": (SHORT, {"BYMONTH": lambda d: some(d, 1, 12, d.randint(1, 5))}, GOOD),
    "daily or weekly with BYSETPOS": (SHORT, {"BYDAY": days, "BYSETPOS": lambda d: d.choice(POSITIONS)}, GOOD),
    "daily or weekly with an ordinal": (SHORT, {"BYDAY": lambda d: nth(d, *POSITIONS)}, BAD),
    "weekly with BYMONTHDAY": (["WEEKLY"], {"BYMONTHDAY": lambda d: some(d, 1, 31)}, BAD),
    "days of the month": (["MONTHLY"], {"BYMONTHDAY": lambda d: some(d, 1, 28)}, GOOD),
    "the 29th to the 31st": (["MONTHLY"], {"BYMONTHDAY": lambda d: d.choice([29, 30, 31])}, GOOD),
    "days from the end": (["MONTHLY"], {"BYMONTHDAY": lambda d: d.choice([-2, d.randint(-31, -2)])}, GOOD),
    "monthly on weekdays": (["MONTHLY"], {"BYDAY": days}, GOOD),
    "monthly with a far ordinal": (["MONTHLY"], {"BYDAY": lambda d: nth(d, *FAR)}, GOOD),
    "two ordinals": (["MONTHLY"], {"BYDAY": lambda d: f"{nth(d, 1, 2)},{nth(d, 3, 4, -1)}"}, GOOD),
    "an ordinal and a weekday": (["MONTHLY"], {"BYDAY": lambda d: f"{nth(d, *POSITIONS)},{d.choice(WEEKDAYS)}"}, GOOD),
    "an ordinal with BYSETPOS": (["MONTHLY"], {"BYDAY": lambda d: nth(d, *POSITIONS), "BYSETPOS": lambda d: 1}, GOOD),
    "a far BYSETPOS": (["MONTHLY"], {"BYDAY": days, "BYSETPOS": lambda d: d.choice(FAR)}, GOOD),
    "two of BYSETPOS": (["MONTHLY"], {"BYDAY": days, "BYSETPOS": lambda d: some(d, 1, 4)}, GOOD),
    "BYSETPOS without BYDAY": (LONG, {"BYSETPOS": lambda d: d.choice(POSITIONS)}, GOOD),
    "BYSETPOS with BYMONTHDAY": (
        ["MONTHLY"], {"BYMONTHDAY": lambda d: d.randint(1, 28), "BYSETPOS": lambda d: 1}, GOOD),
    "BYDAY with BYMONTHDAY": (["MONTHLY"], {"BYDAY": days, "BYMONTHDAY": lambda d: d.randint(1, 28)}, GOOD),
    "monthly with BYMONTH": (["MONTHLY"], {"BYMONTH": lambda d: some(d, 1, 12, d.randint(1, 5))}, GOOD),
    "monthly with BYMONTH and an ordinal": (
        ["MONTHLY"], {"BYMONTH": lambda d: d.randint(1, 12), "BYDAY": lambda d: nth(d, *POSITIONS)}, GOOD),
    "yearly in months": (["YEARLY"], {"BYMONTH": lambda d: some(d, 1, 12)}, GOOD),
    "yearly on days of a month": (
        ["YEARLY"], {"BYMONTH": lambda d: d.randint(1, 12), "BYMONTHDAY": lambda d: some(d, 1, 28)}, GOOD),
    "a day that some years lack": (
        ["YEARLY"], {"BYMONTH": lambda d: 2, "BYMONTHDAY": lambda d: d.randint(29, 31)}, GOOD),
    "a day that the month lacks": (
        ["YEARLY"], {"BYMONTH": lambda d: d.choice([4, 6, 9, 11]), "BYMONTHDAY": lambda d: 31}, GOOD),
    "yearly, days from the end": (
        ["YEARLY"],
        {"BYMONTH": lambda d: d.randint(1, 12), "BYMONTHDAY": lambda d: d.choice([-2, d.randint(-31, -2)])}, GOOD),
    "yearly on a day of every month": (["YEARLY"], {"BYMONTHDAY": lambda d: d.choice([-1, d.randint(1, 31)])}, GOOD),
    "yearly on weekdays": (["YEARLY"], {"BYDAY": days}, GOOD),
    "yearly on an ordinal of the year": (["YEARLY"], {"BYDAY": lambda d: nth(d, *POSITIONS, *FAR)}, GOOD),
    "yearly on weekdays with BYSETPOS": (["YEARLY"], {"BYDAY": days, "BYSETPOS": lambda d: d.choice(POSITIONS)}, GOOD),
    "yearly on weekdays of a month": (["YEARLY"], {"BYMONTH": lambda d: d.randint(1, 12), "BYDAY": days}, GOOD),
    "yearly with a far ordinal": (
        ["YEARLY"], {"BYMONTH": lambda d: d.randint(1, 12), "BYDAY": lambda d: nth(d, *FAR)}, GOOD),
    "yearly with a far BYSETPOS": (
        ["YEARLY"], {"BYMONTH": lambda d: d.randint(1, 12), "BYDAY": days, "BYSETPOS": lambda d: d.choice(FAR)}, GOOD),
    "yearly, BYDAY with BYMONTHDAY": (
        ["YEARLY"], {"BYMONTH": lambda d: d.randint(1, 12), "BYDAY": days, "BYMONTHDAY": lambda d: 13}, GOOD),
    "a large COUNT": (SHORT + LONG, {"COUNT": lambda d: above(d, COUNT_MOST)}, GOOD),
    "a large INTERVAL of days": (["DAILY"], {"INTERVAL": lambda d: above(d, 999)}, GOOD),
    "a large INTERVAL of weeks": (["WEEKLY"], {"INTERVAL": lambda d: above(d, 99)}, GOOD),
    "a large INTERVAL of months": (["MONTHLY"], {"INTERVAL": lambda d: above(d, 99)}, GOOD),
    "a large INTERVAL of years": (["YEARLY"], {"INTERVAL": lambda d: above(d, 8)}, GOOD),
}


def drawn_outside(draw, name, frequencies, parts, code):
    """A rule that Outlook cannot hold, beside an event that it can: refused, and nothing is written."""
    rule = {"FREQ": draw.choice(frequencies), **{part: value(draw) for part, value in parts.items()}}
    if "INTERVAL" not in rule and draw.random() < 0.3:
        rule["INTERVAL"] = draw.randint(1, 8)
    if "COUNT" not in rule:
        rule.update(draw.choice([{}, {"COUNT": draw.randint(1, 999)}, {"UNTIL": "20301231"}]))
    if draw.random() < 0.3:
        rule["WKST"] = draw.choice(WEEKDAYS)
    start = datetime.datetime(2021, draw.randint(1, 12), draw.randint(1, 28), 9)
    times = draw.choice([{"start": f"{start:%Y-%m-%d}"}, {"start": f"{start:%Y-%m-%d %H:%M}", "duration": "1h"}])
    event = {"id": "outside", "summary": "Outside", **times, "rrule": text_of(draw, rule)}
    with tempfile.TemporaryDirectory(prefix="evcal-rules-") as folder:
        write(folder, HOME.key, [event, {"id": "good", "summary": "Good", "start": "2021-03-01"}])
        ran, nothing = wrote_nothing(folder)
        common.result(codes(ran) >= {code} and codes(ran) <= {code, GOOD} and nothing,
                      f"{name} is refused: {event['rrule']}", json.dumps(event), ran.stderr)


# --- rules that would take long --------------------------------------------------------------------------------------

# What COUNT=0, INTERVAL=0 and an UNTIL before the start are told is in tests/invalid.
HOSTILE = [
    ("FREQ=SECONDLY", GOOD),
    ("FREQ=SECONDLY;UNTIL=45001231T235959Z", GOOD),
    ("FREQ=SECONDLY;INTERVAL=999999999;BYMONTH=2;BYMONTHDAY=30", GOOD),
    ("FREQ=MINUTELY;COUNT=1000000;BYSECOND=0,1,2,3,4,5,6,7,8,9", GOOD),
    ("FREQ=DAILY;COUNT=1000000", GOOD),
    ("FREQ=DAILY;COUNT=999999999", GOOD),
    ("FREQ=DAILY;COUNT=99999999999999999999", BAD),
    ("FREQ=DAILY;UNTIL=45001231", "too-large"),
    ("FREQ=DAILY;UNTIL=99991231", "date-out-of-range"),
    ("FREQ=DAILY;INTERVAL=999999999;COUNT=999", GOOD),
    ("FREQ=DAILY;COUNT=0", BAD),
    ("FREQ=DAILY;INTERVAL=0", BAD),
    ("FREQ=DAILY;UNTIL=16010101", "no-occurrences"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", GOOD),
    ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", GOOD),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", GOOD),
    ("FREQ=YEARLY;INTERVAL=100;BYYEARDAY=366", GOOD),
    ("FREQ=YEARLY;INTERVAL=999999999;BYDAY=MO", GOOD),
    ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", GOOD),
    ("FREQ=YEARLY;BYDAY=53MO;BYMONTH=2", GOOD),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366", GOOD),
    ("FREQ=MONTHLY;BYDAY=35SA", GOOD),
    ("FREQ=MONTHLY;BYSETPOS=4", GOOD),
    ("FREQ=YEARLY;BYMONTH=5;BYDAY=MO,TU;BYSETPOS=-47", GOOD),
    ("FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 367))), GOOD),
    ("FREQ=DAILY;BYHOUR=" + ",".join(["1"] * 10000), GOOD),
]


def hostile(rule, code):
    with tempfile.TemporaryDirectory(prefix="evcal-rules-") as folder:
        write(folder, HOME.key, [hostile_event("a", rule)])
        ran, nothing = wrote_nothing(folder)
        common.result(codes(ran) == {code} and nothing, f"refused: {rule[:60]}", ran.stderr)


def hostile_event(name, rule):
    return {"id": name, "summary": "A", "start": "2021-03-01 09:00", "duration": "1h", "rrule": rule}


def refused_at_once():
    """Together; one that no date fits, however far, takes most of it."""
    with tempfile.TemporaryDirectory(prefix="evcal-rules-") as folder:
        write(folder, HOME.key, [hostile_event(f"a{number}", rule) for number, (rule, _) in enumerate(HOSTILE)])
        count = common.instructions(common.EVCAL, "-C", f"{folder}/events", "validate")
        common.result(count <= HOSTILE_MOST, "hostile rules are refused at once", f"{count} instructions")


def main():
    for row in rfc5545.EXAMPLES:
        example(*row)
    for row in HOSTILE:
        hostile(*row)
    refused_at_once()
    print(f"# seed {SEED}")
    draw = random.Random(SEED)
    for zone in ZONES:
        drawn_within(draw, zone)
    for name, row in OUTSIDE.items():
        for _ in range(OUTSIDE_EACH):
            drawn_outside(draw, name, *row)


main()
raise SystemExit(common.failed)
