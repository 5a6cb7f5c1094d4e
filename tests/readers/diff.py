#!/usr/bin/env python3
"""evcal diff of pairs of drawn calendars: what was edited is named with before and after, and nothing else is.

diff.py [PAIRS]; drawn from a fixed seed.
"""
import copy
import datetime
import json
import random
import subprocess
import sys
import tempfile
import pathlib

import yaml

import common

PLACES = ["Utrecht", "Den Haag", "Zwolle", "Zaal 3, Ede", "Buurthuis"]
LINES = ["Neem iemand mee.", "Er is soep.", "Iedereen is welkom.", "De deur is om 13:30 open.", "Tot dan!"]
DAY = datetime.timedelta(days=1)


def written(moment):
    return moment.strftime("%Y-%m-%d %H:%M")


class Event:
    """What an event is, by the key of the format; dates are those of its rule."""

    def __init__(self, draw, number):
        self.number = number
        self.start = datetime.datetime(2027, draw.randint(1, 9), draw.randint(1, 28), draw.randint(8, 20), 0)
        self.values = {"summary": f"Activiteit {number}", "location": draw.choice(PLACES),
                       "description": "\n".join(draw.sample(LINES, 3))}
        self.hours = draw.randint(1, 3)
        self.kind = draw.choice(["a", "b"])
        self.count = draw.choice([0, 0, 3, 5])
        self.off = set()
        self.uid = None
        self.status = None

    def identity(self):
        return f"activiteit-{self.number}"

    def days(self):
        whole = [(self.start + 7 * DAY * i).date() for i in range(self.count)]
        return [day for i, day in enumerate(whole) if i not in self.off]

    def yaml(self, draw):
        keys = {"id": self.identity(), "start": written(self.start), "duration": f"{self.hours}h", "categories": [self.kind],
                **self.values}
        if self.count:
            keys["rrule"] = f"FREQ=WEEKLY;COUNT={self.count}"
        if self.off:
            keys["exdate"] = [(self.start + 7 * DAY * i).date().isoformat() for i in sorted(self.off)]
        if self.uid:
            keys["uid"] = self.uid
        if self.status:
            keys["status"] = self.status
        names = list(keys)
        draw.shuffle(names)  # the order of keys makes no difference
        return {name: keys[name] for name in names}


def save(folder, events, feeds, draw):
    folder.mkdir()
    head = {"name": "Test", "domain": "example.org", "timezone": "Europe/Amsterdam",
            "organizer": {"name": "Test", "email": "test@example.org"}, "feeds": feeds}
    (folder / "calendar.yaml").write_text(yaml.safe_dump(head, allow_unicode=True))
    files = [[], []]
    for event in events:
        draw.choice(files).append(event.yaml(draw))  # nor does the file
    for number, items in enumerate(files):
        if items:
            (folder / f"{number}.yaml").write_text(yaml.safe_dump({"events": items}, allow_unicode=True, sort_keys=False))


def edit(draw, event):
    """Edits it in one way; returns what is to be said of it."""
    before, said = copy.deepcopy(event), {"change": "changed", "what": {}}
    way = draw.choice(["move", "end", "location", "description", "summary", "cancelled", "postponed", "uid", "off", "count"])
    if way in ("off", "count") and not event.count:
        way = "location"
    if way == "move":
        event.start += draw.choice([DAY, 7 * DAY, datetime.timedelta(hours=1)])
        said["change"] = "moved"
    elif way == "end":
        event.hours += 1
        end = datetime.timedelta(hours=1)
        old = before.start + end * before.hours
        said["what"]["end"] = (written(old), written(old + end))
    elif way in ("location", "description", "summary"):
        old = event.values[way]
        event.values[way] = old + draw.choice([" en meer", ", anders", "!"])
        said["what"][way] = (old, event.values[way])
    elif way in ("cancelled", "postponed"):
        event.status = way
        said["change"] = way
    elif way == "uid":
        event.uid = f"{event.identity()}@other.example.org"
        said["change"] = "uid"
        said["what"]["uid"] = (f"{event.identity()}@example.org", event.uid)
    elif way == "off":
        event.off.add(draw.randint(1, event.count - 1))
        said["what"]["exdate"] = (None, ", ".join(
            (event.start + 7 * DAY * i).date().isoformat() for i in sorted(event.off)))
    else:
        event.count += draw.randint(1, 4)
        said["what"]["rrule"] = (f"FREQ=WEEKLY;COUNT={before.count}", f"FREQ=WEEKLY;COUNT={event.count}")
    old, new = set(before.days()), set(event.days())
    said["added"] = sorted(day.isoformat() for day in new - old)
    said["removed"] = sorted(day.isoformat() for day in old - new)
    said["from"], said["to"] = written(before.start), written(event.start)
    return said


def only(event, change, old):
    """What is to be said of an event that is in one of the two."""
    time = written(event.start)
    return {"change": change, "what": {}, "added": [], "removed": [], "from": time if old else None,
            "to": None if old else time}


def compare(folder, number):
    draw = random.Random(f"diff {number}")
    events = [Event(draw, i) for i in range(draw.randint(1, 12))]
    feeds = [{"id": "alles", "name": "Alles"}, {"id": "a", "name": "A", "categories": ["a"]}]
    save(folder / "before", events, feeds, draw)
    after, wanted = copy.deepcopy(events), {}
    for event in list(after):
        fate = draw.random()
        if fate < 0.3:
            wanted[event.identity()] = edit(draw, event)
        elif fate < 0.4:
            wanted[event.identity()] = only(event, "gone", True)
            after.remove(event)
    if draw.random() < 0.3:
        after.append(Event(draw, 90))
        wanted["activiteit-90"] = only(after[-1], "new", False)
    if draw.random() < 0.2:
        feeds[1]["categories"] = ["b"]
    draw.shuffle(after)
    save(folder / "after", after, feeds, draw)
    ran = subprocess.run([common.EVCAL, "diff", "-C", folder / "after", folder / "before", "--format=json", "--exit-code"],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    report = json.loads(ran.stdout)
    seen = {event["id"]: {"change": event["change"], "from": event["from"], "to": event["to"], **event["dates"],
                          "what": {item["property"]: (item["before"], item["after"]) for item in event["what"]}}
            for event in report["events"]}

    def within(events, feed):
        return {(event.uid or event.identity(), event.identity()) for event in events
                if feed == "alles" or event.kind in feeds[1]["categories"]}

    entered, left = {}, {}
    old_kinds = ["a"]
    for feed in ("alles", "a"):
        new = within(after, feed)
        old = {(event.uid or event.identity(), event.identity()) for event in events
               if feed == "alles" or event.kind in old_kinds}
        entered[feed], left[feed] = {i for _, i in new - old}, {i for _, i in old - new}
    feeds_seen = {feed["id"]: (set(feed["entered"]), set(feed["left"])) for feed in report["feeds"]}
    feeds_wanted = {feed: (entered[feed], left[feed]) for feed in entered if entered[feed] or left[feed]}
    status = int(bool(wanted or feeds_wanted))
    good = seen == wanted and feeds_seen == feeds_wanted and ran.returncode == status
    if good:
        return []
    return [f"pair {number}: status {ran.returncode}, {ran.stderr}", f"seen   {seen} {feeds_seen}",
            f"wanted {wanted} {feeds_wanted}"]


def main():
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    notes = []
    for number in range(pairs):
        with tempfile.TemporaryDirectory(prefix="evcal-diff-") as folder:
            notes += compare(pathlib.Path(folder), number)
        if len(notes) > 9:
            break
    common.result(not notes, f"what was edited in {pairs} pairs of calendars is named, and nothing else", *notes)
    sys.exit(common.failed)


main()
