"""python3-icalendar, python3-vobject, ical.js and khal read every exported file, and give back what the YAML says.

A reader gives a dictionary for each UID of a file. The dates of rules that vobject and icalendar leave to who asks are
counted with python3-dateutil; ical.js and khal count for themselves.
"""
import datetime
import json
import re
import shutil
import subprocess
import sys
import zoneinfo

import dateutil.rrule
import icalendar
import khal.khalendar
import pytz
import vobject
import yaml

import common
import plain

UTC = datetime.timezone.utc
# How many dates of a rule are compared.
MOST = 30
PREFIX = {"nl": {"cancelled": "Geannuleerd: ", "postponed": "Uitgesteld: "},
          "en": {"cancelled": "Cancelled: ", "postponed": "Postponed: "}}


def listed(value):
    """A value that may stand alone for a list of one."""
    return value if isinstance(value, list) else [value] if value else []


def moment(text, zone):
    """A date, or an aware datetime, of a date or date and time as evcal(5) has them."""
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
    words = PREFIX[language_of(event, calendar)]
    return words.get(event.get("status"), "") + event["summary"].strip()


def language_of(event, calendar):
    return event.get("language", calendar.get("language", "en"))


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


SINGLE = {"recurs": False, "out": [], "changed": {}, "starts": []}


def as_changed(values):
    """What an override says of the one date that an event has."""
    return dict(zip(("start", "end", "summary", "location"), values)) if values else {}


def place_of(event):
    """Where no location is given, the address of the online meeting."""
    conference = event.get("conference", "")
    return conference["url"] if isinstance(conference, dict) else conference


def by_the_wall(rule, wall):
    """The rule with its UNTIL by the clock on the wall: the last day, the whole of it, or a moment in UTC."""
    rule = re.sub(r"UNTIL=(\d{8})(?!T)", r"UNTIL=\1T235959", rule)
    until = re.search(r"UNTIL=(\d{8}T\d{6})Z", rule)
    if not until:
        return rule
    at = datetime.datetime.strptime(until[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(wall)
    return rule.replace(until[0], f"UNTIL={at:%Y%m%dT%H%M%S}")


def starts_of(event, start, zone, out):
    """The first dates that the rule gives, without those that fall out."""
    if "rrule" not in event:
        return []
    timed = isinstance(start, datetime.datetime)
    wall = UTC if event["start"].endswith("Z") else zoneinfo.ZoneInfo(zone)
    first = start.astimezone(wall).replace(tzinfo=None) if timed else datetime.datetime.combine(start, datetime.time())
    dates = []
    for naive in dateutil.rrule.rrulestr(by_the_wall(event["rrule"], wall), dtstart=first):
        date = naive.replace(tzinfo=wall).astimezone(UTC) if timed else naive.date()
        if date not in out:
            dates.append(date)
        if len(dates) == MOST:
            break
    return dates


def trigger_of(event):
    """Seconds from the start to the reminder; None where there is none."""
    if event.get("reminder", "none") == "none" or event.get("status") in ("cancelled", "postponed"):
        return None
    days, minutes = lasting(event["reminder"])
    return -60 * (days * 1440 + minutes)


def is_withheld(event):
    """A draft, or an event of which only the month is known."""
    return event.get("draft") == "true" or len(event["start"]) == len("2021-10")


def parent_of(event, events):
    """The UID of what it is part of, where subscribers see that."""
    return events[event["part-of"]]["uid"] if event.get("part-of") in events else ""


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
            if is_withheld({**file.get("defaults", {}), **own}):
                continue
            typed = (calendar.get("types") or {}).get(own.get("type") or file.get("defaults", {}).get("type"), {})
            all_day = len(own["start"]) == 10
            for level in (file.get("defaults", {}), {k: v for k, v in typed.items() if k not in ("name", "required")}):
                ends = "end" in event or "duration" in event
                for key, value in level.items():
                    timed = key == "duration" and all_day and lasting(value)[1]
                    if not (key in ("end", "duration") and ends) and not timed:
                        event.setdefault(key, value)
                if "details" in level:
                    event["details"] = {**event["details"], **{k: v for k, v in level["details"].items()
                                                               if k not in event["details"]}}
            zone = event.get("timezone", calendar["timezone"])
            start = moment(event["start"], zone)
            changed, out = changed_of(event, calendar, zone)
            wanted = {
                "uid": event.get("uid", f"{event['id']}@{calendar['domain']}"),
                "summary": summary_of(event, calendar),
                "start": start,
                "end": ending(event, start, zone),
                "categories": list(dict.fromkeys(([typed["name"]] if typed else []) + listed(event.get("categories"))
                                                 + listed(event.get("add-categories")))),
                "location": event.get("location", place_of(event)),
                "url": event.get("url", ""),
                "description": plain.description(event, language_of(event, calendar)),
                "alarm": trigger_of(event),
                "language": event.get("language", ""),
                "parent": event,
                "recurs": "rrule" in event,
                "out": out,
                "changed": changed,
                "starts": starts_of(event, start, zone, out),
                "as_long": lambda at, event=event, zone=zone: as_long(event, at, zone),
            }
            # A rule of one date makes a single event.
            if "rrule" in event and starts_of(event, start, zone, []) == [start]:
                wanted.update(SINGLE)
                wanted.update(as_changed(changed.get(str(start))))
            events[event["id"]] = wanted
            for text in listed(event.get("rdate")):
                name = f"{event['id']}-{text[:10].replace('-', '')}"
                start = at_event(event, text, zone)
                events[name] = {**wanted, "uid": f"{name}@{calendar['domain']}", "start": start,
                                "end": as_long(event, start, zone), **SINGLE, **as_changed(changed.pop(str(start), None))}
    # All of them are known now.
    for wanted in events.values():
        wanted["parent"] = parent_of(wanted["parent"], events)
    return events


def instant(value):
    """A date as it is, a datetime in UTC."""
    return value.astimezone(UTC) if isinstance(value, datetime.datetime) else value


def dates_of(rule, start, out):
    """The first dates of a rule as it stands in a file, from a start with the zone that the reader gave it."""
    if rule is None:
        return []
    timed = isinstance(start, datetime.datetime)
    first = start if timed else datetime.datetime.combine(start, datetime.time())
    # A zone of pytz holds the offset of one day, and has to be asked for the next.
    wall = zoneinfo.ZoneInfo(start.tzinfo.zone) if timed and hasattr(start.tzinfo, "zone") else None
    if wall:
        first, rule = first.replace(tzinfo=None), by_the_wall(rule, wall)
    dates = []
    for date in dateutil.rrule.rrulestr(rule, dtstart=first):
        date = instant(date.replace(tzinfo=wall or date.tzinfo)) if timed else date.date()
        if date not in out:
            dates.append(date)
        if len(dates) == MOST:
            break
    return dates


def by_icalendar(text):
    """What icalendar reads: it takes the system's zone data for a TZID that it knows."""
    found = {}
    for event in icalendar.Calendar.from_ical(text).walk("VEVENT"):
        uid = str(event["UID"])
        if "RECURRENCE-ID" in event:
            found[uid]["changed"][str(instant(event["RECURRENCE-ID"].dt))] = [
                instant(event["DTSTART"].dt), instant(event["DTEND"].dt), str(event["SUMMARY"]),
                str(event.get("LOCATION", ""))]
            continue
        exdate = event.get("EXDATE")
        out = sorted(instant(date.dt) for date in exdate.dts) if exdate else []
        categories, alarms = event.get("CATEGORIES"), event.walk("VALARM")
        found[uid] = {
            "uid": uid,
            "summary": str(event["SUMMARY"]),
            "start": instant(event["DTSTART"].dt),
            "end": instant(event["DTEND"].dt),
            "categories": [str(c) for c in categories.cats] if categories else [],
            "location": str(event.get("LOCATION", "")),
            "description": str(event.get("DESCRIPTION", "")),
            "url": str(event.get("URL", "")),
            "alarm": alarms[0]["TRIGGER"].dt.total_seconds() if alarms else None,
            "language": event["SUMMARY"].params.get("LANGUAGE", ""),
            "parent": str(event.get("RELATED-TO", "")),
            "recurs": "RRULE" in event,
            "out": out,
            "changed": {},
            "starts": dates_of(event["RRULE"].to_ical().decode() if "RRULE" in event else None, event["DTSTART"].dt, out),
        }
    return found


def by_vobject(text):
    """What vobject reads, by the file's own VTIMEZONE."""
    found = {}
    for event in vobject.readOne(text).vevent_list:
        contents = event.contents
        def value(name, contents=contents):
            return contents[name][0].value if name in contents else ""
        if "recurrence-id" in contents:
            found[event.uid.value]["changed"][str(instant(event.recurrence_id.value))] = [
                instant(event.dtstart.value), instant(event.dtend.value), event.summary.value, value("location")]
            continue
        out = sorted(map(instant, event.exdate.value)) if "exdate" in contents else []
        found[event.uid.value] = {
            "uid": event.uid.value,
            "summary": event.summary.value,
            "start": instant(event.dtstart.value),
            "end": instant(event.dtend.value),
            "categories": list(event.categories.value) if "categories" in contents else [],
            "location": value("location"),
            "description": value("description"),
            "url": value("url"),
            "alarm": event.valarm.trigger.value.total_seconds() if "valarm" in contents else None,
            "language": "".join(event.summary.params.get("LANGUAGE", [])),
            "parent": value("related-to"),
            "recurs": "rrule" in contents,
            "out": out,
            "changed": {},
            "starts": dates_of(event.rrule.value if "rrule" in contents else None, event.dtstart.value, out),
        }
    return found


def parsed(text):
    """What ical.js has printed of a time."""
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def by_ical_js(files):
    """What ical.js reads of all files, by their own VTIMEZONE."""
    node = subprocess.run(["node", str(common.HERE / "ical.js")], input="\n".join(map(str, files)), text=True,
                          capture_output=True, check=True)
    found = json.loads(node.stdout)
    for event in (event for file in found.values() for event in file.values()):
        event["start"], event["end"] = parsed(event["start"]), parsed(event["end"])
        event["out"] = sorted(map(parsed, event["out"]))
        event["starts"] = list(map(parsed, event["starts"]))
        event["changed"] = {str(parsed(at)): [parsed(start), parsed(end), *texts]
                            for at, start, end, *texts in event["changed"]}
        event["occurrences"] = [[parsed(start), parsed(end), *texts] for start, end, *texts in event["occurrences"]]
    return found


# khal wants to know how to show times and dates.
KHAL_LOCALE = {"default_timezone": pytz.UTC, "local_timezone": pytz.UTC, "dateformat": "%Y-%m-%d",
               "longdateformat": "%Y-%m-%d", "timeformat": "%H:%M", "datetimeformat": "%Y-%m-%d %H:%M",
               "longdatetimeformat": "%Y-%m-%d %H:%M", "firstweekday": 0, "weeknumbers": False,
               "unicode_symbols": True}


def by_khal(folder):
    """What khal reads of a folder with a file for each event: its occurrences, by UID, in order."""
    # khal 0.11 wants to know the owner's addresses as well, as its own reader of configurations gives them.
    shown = {"name": "all", "path": str(folder), "readonly": True, "color": "", "priority": 10, "ctype": "calendar",
             "addresses": ""}
    collection = khal.khalendar.CalendarCollection({"all": shown}, locale=KHAL_LOCALE, dbpath=":memory:")
    found = {}
    def add(event, start, end):
        found.setdefault(event.uid, []).append({
            "start": start, "end": end, "summary": str(event.summary), "location": str(event.location),
            "description": str(event.description), "categories": str(event.categories), "url": str(event.url),
            "alarm": event.alarms[0][0].total_seconds() if event.alarms else None})
    begin, end = datetime.datetime(1600, 1, 1), datetime.datetime(9000, 1, 1)
    for event in collection.get_localized(pytz.UTC.localize(begin), pytz.UTC.localize(end)):
        add(event, instant(event.start), instant(event.end))
    for event in collection.get_floating(begin, end):
        # The last day of a whole-day event is its end, for khal.
        add(event, event.start, event.end + datetime.timedelta(days=1))
    for events in found.values():
        events.sort(key=lambda event: str(event["start"]))
    return found


def occurrences_of(wanted):
    """Start, end, summary and place of the first dates, those with values of their own among them."""
    if not wanted["recurs"]:
        return [[wanted["start"], wanted["end"], wanted["summary"], wanted["location"]]]
    every = []
    for start in wanted["starts"]:
        usual = [start, wanted["as_long"](start), wanted["summary"], wanted["location"]]
        every.append(wanted["changed"].get(str(start), usual))
    return sorted(every, key=lambda occurrence: str(occurrence[0]))


def differences(wanted, found):
    """The keys that are not what they should be."""
    for key, value in wanted.items():
        # icalendar takes a backslash with an n behind it for a line break.
        if key in found and found[key] != value and not (
                key == "description" and found[key] == value.replace("\\n", "\n")):
            yield f"{key}: {found[key]!r}, not {value!r}"


def khal_differences(wanted, found):
    """The same for khal's list of occurrences: as many as are compared."""
    shown = [[event["start"], event["end"], event["summary"], event["location"]] for event in found]
    every = occurrences_of(wanted)
    if len(every) == MOST:
        every, shown = every[: MOST - 1], shown[: MOST - 1]
    if shown != every:
        yield f"occurrences: {shown}, not {every}"
    whole = [event for event in found if not wanted["changed"]]
    for key in ("alarm", "url"):
        if any(event[key] != wanted[key] for event in whole):
            yield f"{key}: {[event[key] for event in whole]}, not {wanted[key]!r}"
    # It leaves the escapes in them.
    if any(event["categories"].replace("\\;", ";") != ",".join(wanted["categories"]) for event in whole):
        yield f"categories: {whole[0]['categories']!r}, not {wanted['categories']!r}"


def look_at_files(name, out, wanted):
    """Compares what all readers find in the file of each event."""
    files = {event: out / "events" / f"{event}.ics" for event in wanted}
    common.result(sorted(f.stem for f in (out / "events").glob("*.ics")) == sorted(wanted), f"{name} has a file for each event")
    javascript, by_uid = by_ical_js(files.values()), by_khal(out / "events")
    for event, file in files.items():
        text = file.read_bytes().decode()
        uid = wanted[event]["uid"]
        asked = {**wanted[event], "occurrences": occurrences_of(wanted[event])}
        del asked["as_long"]
        read = {"icalendar": by_icalendar(text)[uid], "vobject": by_vobject(text)[uid],
                "ical.js": javascript[str(file)][uid]}
        for reader, found in read.items():
            wrong = list(differences(asked, found))
            common.result(not wrong, f"{reader} reads {event} of {name}", *wrong)
        wrong = list(khal_differences(wanted[event], by_uid.get(uid, [])))
        common.result(not wrong, f"khal reads {event} of {name}", *wrong)
        # icalendar takes a backslash with an n behind it for a line break.
        texts = {found["description"].replace("\\n", "\n") for found in read.values()}
        common.result(len(texts) == 1, f"all find the same text in {event} of {name}", *texts)


def main():
    for calendar in common.calendars():
        name = calendar.parent.name
        wanted = expected(calendar)
        out = common.export(calendar)
        look_at_files(name, out, wanted)
        feeds = {uid for feed in out.glob("*.ics") for uid in re.findall(
            r"^UID:(.*)\r$", feed.read_bytes().decode().replace("\r\n ", ""), re.M)}
        common.result(feeds <= {e["uid"] for e in wanted.values()} and feeds, f"the feeds of {name} hold its events")
        shutil.rmtree(out)
    sys.exit(common.failed)


if __name__ == "__main__":
    main()
