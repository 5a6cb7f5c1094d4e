"""All zones of the system: what a file says, by its own VTIMEZONE, is the instant that the system's zone data says."""
import datetime
import io
import pathlib
import re
import shutil
import sys
import tempfile
import zoneinfo

import dateutil.tz
import icalendar

import common

CALENDAR = """name: Zones
domain: example.org
timezone: Europe/Amsterdam
organizer: {name: Test, email: test@example.org}
"""
DATES = ["2021-01-15", "2021-07-15", "2026-01-15", "2026-07-15"]
KEPT = ("posix/", "right/")


def zones():
    """The system's list, as its own files have it."""
    root = pathlib.Path("/usr/share/zoneinfo")
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_file() and not name.startswith(KEPT) and path.read_bytes()[:4] == b"TZif":
            if name not in ("localtime", "posixrules", "Factory"):
                yield name


def instant(file):
    """The start of a file's event in UTC, by nothing but what the file says; and whether it names a zone."""
    text = file.read_bytes().decode().replace("\r\n ", "")
    event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    start = event["DTSTART"]
    zone = start.params.get("TZID")
    if not zone:
        assert re.search(r"^DTSTART:\d{8}T\d{6}Z\r$", text, re.M)
        return start.dt.astimezone(datetime.timezone.utc), False
    vtimezone = re.search(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", text, re.S).group(0)
    rules = dateutil.tz.tzical(io.StringIO(vtimezone.replace("\r\n", "\n"))).get(zone)
    return start.dt.replace(tzinfo=rules).astimezone(datetime.timezone.utc), True


def shape(text):
    """What is wrong with the form of a file's VTIMEZONE."""
    for zone in re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", text.replace("\r\n ", ""), re.S):
        rules = zone.count("RRULE:FREQ=YEARLY;BY")
        if zone.count("BEGIN:STANDARD") != 1 or zone.count("BEGIN:DAYLIGHT") > 1:
            yield "it has not one STANDARD and at most one DAYLIGHT"
        if rules != 2 * zone.count("BEGIN:DAYLIGHT"):
            yield f"it has {rules} rules"
        if not all(start.startswith("1970") for start in re.findall(r"DTSTART:(\d{4})", zone)):
            yield "it does not begin in 1970"
        if re.search(r"UNTIL|RDATE|TZOFFSET(TO|FROM):[+-]\d{4}\d", zone):
            yield "it has UNTIL, RDATE or seconds"


work = pathlib.Path(tempfile.mkdtemp(prefix="evcal-zones-"))
(work / "calendar.yaml").write_text(CALENDAR)
names = list(zones())
with open(work / "zones.yaml", "w") as events:
    events.write("events:\n")
    for i, name in enumerate(names):
        for j, date in enumerate(DATES):
            events.write(f"  - {{id: z{i}-{j}, summary: '{name} {date}', start: {date} 12:34, duration: 1h, timezone: {name}}}\n")
out = common.export(work)
wrong, bad_shapes, named = [], [], 0
for i, name in enumerate(names):
    for j, date in enumerate(DATES):
        file = out / "events" / f"z{i}-{j}.ics"
        local = datetime.datetime.fromisoformat(f"{date} 12:34").replace(tzinfo=zoneinfo.ZoneInfo(name))
        found, has_zone = instant(file)
        named += has_zone
        if found != local.astimezone(datetime.timezone.utc):
            wrong.append(f"{name} {date}: {found}, not {local.astimezone(datetime.timezone.utc)}")
        bad_shapes += [f"{name}: {fault}" for fault in shape(file.read_bytes().decode())]
common.result(len(names) > 300, f"the system has {len(names)} zones")
common.result(not wrong, "every file gives the instant that the zone data gives", *wrong[:10])
common.result(not bad_shapes, "every VTIMEZONE has the form that Outlook holds", *bad_shapes[:10])
common.result(named > 3 * len(names), f"{named} of {4 * len(names)} events keep their zone")
shutil.rmtree(out)
shutil.rmtree(work)
sys.exit(common.failed)
