"""python3-icalendar, python3-vobject and ical.js read every exported file, and give back what the YAML says."""
import datetime
import json
import re
import shutil
import subprocess
import sys
import zoneinfo

import icalendar
import vobject
import yaml

import common

UTC = datetime.timezone.utc
PREFIX = {"nl": "Geannuleerd: ", "en": "Cancelled: "}


def listed(value):
    """A value that may stand alone for a list of one."""
    return value if isinstance(value, list) else [value] if value else []


def moment(text, zone):
    """A date, or an aware datetime, of a date or date and time as FORMAT.md has them."""
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    utc = text.endswith("Z")
    naive = datetime.datetime.fromisoformat(text.rstrip("Z").replace("T", " "))
    return naive.replace(tzinfo=UTC if utc else zoneinfo.ZoneInfo(zone)).astimezone(UTC)


def lasting(text):
    """Days and minutes of a duration."""
    iso = re.fullmatch(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", text)
    plain = re.fullmatch(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?", text)
    weeks, days, hours, minutes = (int(n or 0) for n in (iso or plain).groups())
    return weeks * 7 + days, hours * 60 + minutes


def ending(event, start, zone):
    """The exclusive end."""
    day = datetime.timedelta(days=1)
    if isinstance(start, datetime.datetime):
        if "end" in event:
            end = event["end"]
            return moment(f"{event['start'][:10]} {end}" if len(end) == 5 else end, zone)
        days, minutes = lasting(event["duration"])
        local = start.astimezone(zoneinfo.ZoneInfo(zone)) + days * day
        return local.astimezone(UTC) + datetime.timedelta(minutes=minutes)
    if "end" in event:
        return moment(event["end"], zone) + day
    if "duration" in event:
        return start + lasting(event["duration"])[0] * day
    return start + day


def as_long(event, start, zone):
    """The end of an occurrence that begins at start: it lasts as long as the event, by the clock on the wall."""
    first = moment(event["start"], zone)
    if not isinstance(start, datetime.datetime):
        return start + (ending(event, first, zone) - first)
    wall = UTC if event["start"].endswith("Z") else zoneinfo.ZoneInfo(zone)
    begin, end, moved = (
        at.astimezone(wall).replace(tzinfo=None) for at in (first, ending(event, first, zone), start))
    return (moved + (end - begin)).replace(tzinfo=wall).astimezone(UTC)


def at_event(event, text, zone):
    """A date alone means that day at the event's time."""
    return moment(text if len(text) > 10 else text + event["start"][10:], zone)


def summary_of(event, calendar):
    prefix = PREFIX[calendar.get("language", "en")] if event.get("status") == "cancelled" else ""
    return prefix + event["summary"].strip()


def changed_of(event, calendar, zone):
    """The occurrences with values of their own, by the start that the rule gives, and those that fall out."""
    changed, out = {}, [at_event(event, text, zone) for text in listed(event.get("exdate"))]
    for own in listed(event.get("overrides")):
        at = at_event(event, own["recurrence-id"], zone)
        both = {**event, **own}
        if both.get("status") == "cancelled" and calendar.get("cancelled") == "drop":
            out.append(at)
            continue
        start = moment(own["start"], zone) if "start" in own else at
        if "end" in own or "duration" in own:
            day = own.get("start", own["recurrence-id"] + event["start"][10:])
            timed = {key: own[key] for key in ("end", "duration") if key in own}
            end = ending({"start": day, **timed}, start, zone)
        else:
            end = as_long(event, start, zone)
        changed[str(at)] = [start, end, summary_of(both, calendar), both.get("location", place_of(both))]
    return changed, sorted(out)


def place_of(event):
    """Where no location is given, the address of the online meeting."""
    conference = event.get("conference", "")
    return conference["url"] if isinstance(conference, dict) else conference


def expected(directory):
    """What the YAML says of every event, by id."""
    calendar = yaml.load((directory / "calendar.yaml").read_text(encoding="utf-8-sig"), yaml.BaseLoader)
    events = {}
    for path in sorted(directory.rglob("*.y*ml")):
        hidden = any(part.startswith(".") for part in path.relative_to(directory).parts)
        if hidden or path.name in ("calendar.yaml", "revisions.yaml"):
            continue
        file = yaml.load(path.read_text(encoding="utf-8-sig"), yaml.BaseLoader)
        for own in file["events"]:
            event = dict(own)
            typed = (calendar.get("types") or {}).get(own.get("type") or file.get("defaults", {}).get("type"), {})
            all_day = len(own["start"]) == 10
            for level in (file.get("defaults", {}), {k: v for k, v in typed.items() if k not in ("name", "required")}):
                ends = "end" in event or "duration" in event
                for key, value in level.items():
                    timed = key == "duration" and all_day and lasting(value)[1]
                    if not (key in ("end", "duration") and ends) and not timed:
                        event.setdefault(key, value)
            zone = event.get("timezone", calendar["timezone"])
            start = moment(event["start"], zone)
            cancelled = event.get("status") == "cancelled"
            changed, out = changed_of(event, calendar, zone)
            wanted = {
                "uid": event.get("uid", f"{event['id']}@{calendar['domain']}"),
                "summary": summary_of(event, calendar),
                "start": start,
                "end": ending(event, start, zone),
                "categories": list(dict.fromkeys(([typed["name"]] if typed else []) + listed(event.get("categories")))),
                "location": event.get("location", place_of(event)),
                "url": event.get("url", ""),
                "alarm": "reminder" in event and event["reminder"] != "none" and not cancelled,
                "recurs": "rrule" in event,
                "out": out,
                "changed": changed,
            }
            events[event["id"]] = wanted
            for text in listed(event.get("rdate")):
                name = f"{event['id']}-{text[:10].replace('-', '')}"
                start = at_event(event, text, zone)
                events[name] = {**wanted, "uid": f"{name}@{calendar['domain']}", "start": start,
                                "end": as_long(event, start, zone), "recurs": False, "out": [], "changed": {}}
    return events


def instant(value):
    """A date as it is, a datetime in UTC."""
    return value.astimezone(UTC) if isinstance(value, datetime.datetime) else value


def by_icalendar(text):
    """What icalendar reads: it takes the system's zone data for a TZID that it knows."""
    event, *others = icalendar.Calendar.from_ical(text).walk("VEVENT")
    out = event.get("EXDATE")
    categories = event.get("CATEGORIES")
    return {
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "start": instant(event["DTSTART"].dt),
        "end": instant(event["DTEND"].dt),
        "categories": [str(c) for c in categories.cats] if categories else [],
        "location": str(event.get("LOCATION", "")),
        "url": str(event.get("URL", "")),
        "alarm": bool(event.walk("VALARM")),
        "recurs": "RRULE" in event,
        "out": sorted(instant(date.dt) for date in out.dts) if out else [],
        "changed": {str(instant(other["RECURRENCE-ID"].dt)): [
            instant(other["DTSTART"].dt), instant(other["DTEND"].dt), str(other["SUMMARY"]), str(other.get("LOCATION", ""))]
            for other in others},
    }


def by_vobject(text):
    """What vobject reads, by the file's own VTIMEZONE."""
    event, *others = vobject.readOne(text).vevent_list
    contents = event.contents
    return {
        "uid": event.uid.value,
        "summary": event.summary.value,
        "start": instant(event.dtstart.value),
        "end": instant(event.dtend.value),
        "categories": list(event.categories.value) if "categories" in contents else [],
        "location": event.location.value if "location" in contents else "",
        "url": event.url.value if "url" in contents else "",
        "alarm": "valarm" in contents,
        "recurs": "rrule" in contents,
        "out": sorted(map(instant, event.exdate.value)) if "exdate" in contents else [],
        "changed": {str(instant(other.recurrence_id.value)): [
            instant(other.dtstart.value), instant(other.dtend.value), other.summary.value,
            other.location.value if "location" in other.contents else ""] for other in others},
    }


def parsed(text):
    """What ical.js has printed of a time."""
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def by_ical_js(files):
    """What ical.js reads of all files, by their own VTIMEZONE."""
    node = subprocess.run(["node", str(common.HERE / "ical.js")], input="\n".join(map(str, files)), text=True,
                          capture_output=True, check=True)
    found = {}
    for file, event in json.loads(node.stdout).items():
        event["start"], event["end"] = parsed(event["start"]), parsed(event["end"])
        event["out"] = sorted(map(parsed, event["out"]))
        event["changed"] = {str(parsed(at)): [parsed(start), parsed(end), *texts]
                            for at, start, end, *texts in event["changed"]}
        found[file] = event
    return found


def differences(wanted, found):
    """The keys that are not what they should be."""
    for key, value in wanted.items():
        if found[key] != value:
            yield f"{key}: {found[key]!r}, not {value!r}"


for calendar in common.calendars():
    name = calendar.parent.name
    wanted = expected(calendar)
    out = common.export(calendar)
    files = {event: out / "events" / f"{event}.ics" for event in wanted}
    common.result(sorted(f.stem for f in (out / "events").glob("*")) == sorted(wanted), f"{name} has a file for each event")
    javascript = by_ical_js(files.values())
    for event, file in files.items():
        text = file.read_bytes().decode()
        for reader, found in (("icalendar", by_icalendar(text)), ("vobject", by_vobject(text)),
                              ("ical.js", javascript[str(file)])):
            wrong = list(differences(wanted[event], found))
            common.result(not wrong, f"{reader} reads {event} of {name}", *wrong)
    feeds = {uid for feed in out.glob("*.ics") for uid in re.findall(
        r"^UID:(.*)\r$", feed.read_bytes().decode().replace("\r\n ", ""), re.M)}
    common.result(feeds <= {e["uid"] for e in wanted.values()} and feeds, f"the feeds of {name} hold its events")
    shutil.rmtree(out)
sys.exit(common.failed)
