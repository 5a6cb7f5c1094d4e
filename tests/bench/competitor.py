"""The same feed as people would make it in Python: PyYAML with the C loader, and icalendar.

    competitor.py OUT DIRECTORY
"""
import datetime
import pathlib
import sys

import pytz
import yaml
from icalendar import Alarm, Calendar, Event, vGeo, vText

STAMP = datetime.datetime(2020, 12, 17, 9, 0, tzinfo=pytz.utc)
UNITS = {"m": "minutes", "h": "hours"}


def load(path):
    # Every value as text: half of what YAML 1.1 would make of "16:00" would have to be undone.
    with open(path, "rb") as file:
        return yaml.load(file, Loader=yaml.CBaseLoader)


def moment(text, zone):
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    return zone.localize(datetime.datetime.fromisoformat(text))


def times(given, zone):
    start = moment(given["start"], zone)
    end = given.get("end", given["start"])
    if len(end) == 5:
        end = f"{given['start'][:10]} {end}"
    end = moment(end, zone)
    return start, end if isinstance(end, datetime.datetime) else end + datetime.timedelta(days=1)


def lines(given):
    """What a subscriber finds below the description."""
    registration = given.get("registration", {})
    below = [("Online deelnemen", given.get("conference")), ("Aanmelden", registration.get("url")),
             ("Aanmelden kan tot en met", registration.get("deadline")),
             ("Aantal plaatsen", registration.get("capacity")), ("Meer informatie", given.get("url"))]
    return "\n".join(f"{label}: {value}" for label, value in below if value)


def make_event(calendar, given):
    zone = pytz.timezone(given.get("timezone", calendar["timezone"]))
    start, end = times(given, zone)
    timed = isinstance(start, datetime.datetime)
    event = Event()
    event.add("uid", f"{given['id']}@{calendar['domain']}")
    event.add("dtstamp", STAMP)
    event.add("last-modified", STAMP)
    event.add("sequence", 0)
    event.add("dtstart", start)
    event.add("dtend", end)
    if "rrule" in given:
        event.add("rrule", dict(part.split("=") for part in given["rrule"].split(";")))
    event.add("summary", given["summary"])
    event.add("description", "\n\n".join(filter(None, [given["description"].strip(), lines(given)])))
    if "location" in given or "conference" in given:
        event.add("location", given.get("location") or given["conference"])
    if "geo" in given:
        event.add("geo", vGeo(given["geo"]))
    if "conference" in given:
        event.add("conference", given["conference"], parameters={"VALUE": "URI"})
    event.add("categories", [calendar["types"][given["type"]]["name"], *given.get("categories", [])])
    if "status" in given:
        event.add("status", given["status"].upper())
    event.add("transp", "OPAQUE" if timed else "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "BUSY" if timed else "FREE")
    event.add("organizer", f"mailto:{calendar['organizer']['email']}", parameters={"CN": calendar["organizer"]["name"]})
    if "url" in given:
        event.add("url", given["url"])
    if "contact" in given:
        event.add("contact", vText(given["contact"]))
    if "reminder" in given:
        before = datetime.timedelta(**{UNITS[given["reminder"][-1]]: int(given["reminder"][:-1])})
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", given["summary"])
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def main(out, directory):
    directory = pathlib.Path(directory)
    calendar = load(directory / "calendar.yaml")
    feed = Calendar()
    feed.add("version", "2.0")
    feed.add("prodid", "-//evcal//competitor//EN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", calendar["feeds"][0]["name"])
    feed.add("x-wr-timezone", calendar["timezone"])
    for path in sorted(directory.glob("deel-*.yaml")):
        for given in load(path)["events"]:
            feed.add_component(make_event(calendar, given))
    pathlib.Path(out).write_bytes(feed.to_ical())


main(*sys.argv[1:])
