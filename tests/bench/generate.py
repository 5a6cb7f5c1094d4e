"""Writes a calendar directory of N events to measure with: the same N gives the same octets.

    generate.py N DIRECTORY

The mix is that of a programme's agenda, only longer: two in five events last whole days, the timed ones lie in three zones,
and descriptions have one to twenty lines of Markdown. One event in ten follows a rule of a form that Outlook can hold, with
a COUNT, so that its end is known. evcal has nothing to say about any of it.
"""
import argparse
import datetime
import pathlib
import random

PER_FILE = 500
ZONES = ["Europe/Amsterdam"] * 8 + ["Europe/London", "America/New_York"]
FIRST, DAYS = datetime.date(2021, 1, 1), 10 * 365
WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
TYPES = {"week": "Themaweek", "masterclass": "Masterclass", "workshop": "Workshop", "activiteit": "Activiteit"}
TOWNS = [("Utrecht", "52.0907, 5.1214"), ("Den Haag", "52.0705, 4.3007"), ("'s-Hertogenbosch", "51.6978, 5.3037"),
         ("Súdwest-Fryslân", "53.0337, 5.6626"), ("Groningen", "53.2194, 6.5665"), ("Maastricht", "50.8514, 5.6910")]
CATEGORIES = ["online", "gemeenten", "vrijwilligers", "jongeren", "ouderen", "onderzoek"]
SENTENCES = [
    "Voor vrijwilligers, beroepskrachten en iedereen die iets wil doen.",
    "Je leert hoe je een gesprek begint, hoe je het gaande houdt, en hoe je het afrondt.",
    "Er is koffie; er is thee; en er is ruim de tijd om elkaar te spreken.",
    "We kijken naar *drie* voorbeelden uit het land, waarvan er **één** niet gelukt is.",
    "Neem je eigen vraag mee, dan werken we die ’s middags samen uit.",
    "Het programma staat op [de website](https://example.org/programma), met de zaal en de looproute.",
    "Reken op een halve dag – met pauze – en op een beetje huiswerk vooraf.",
    "Wie niet kan komen, kan de opname later terugkijken.",
    "De bijeenkomst is gratis, maar niet vrijblijvend: er zijn meer aanmeldingen dan plaatsen.",
    "Van signaleren naar doen: wie belt er aan, en wat zeg je dan?",
]
ITEMS = ["- kennismaken en verwachtingen", "- een rondje langs de projecten", "- oefenen in tweetallen",
         "- wat werkt, en hoe weet je dat?", "- afspraken voor de komende maand", "- vragen, antwoorden en een borrel"]

CALENDAR = """\
name: Agenda om mee te meten
domain: example.org
timezone: Europe/Amsterdam
language: nl
description: Een agenda van {count} activiteiten.
url: https://example.org/agenda
organizer: {{name: Programmateam, email: agenda@example.org}}
types:
{types}
feeds:
  - {{id: alles, name: Alles}}
  - {{id: weken, name: Themaweken, types: week}}
  - {{id: leren, name: Masterclasses en workshops, types: [masterclass, workshop]}}
  - {{id: online, name: Online, categories: [online]}}
  - {{id: dit-jaar, name: Dit jaar, from: 2024-01-01, until: 2024-12-31}}
"""


def description(rng):
    """One to twenty lines: sentences, some of them a list."""
    lines, count = [], rng.randint(1, 20)
    while len(lines) < count:
        if count - len(lines) > 4 and rng.random() < 0.25:
            lines += ["", *rng.sample(ITEMS, 3)]
        else:
            lines.append(rng.choice(SENTENCES))
    return lines


def rule(rng, day, timed):
    """A rule that Outlook can hold, of which day is the first occurrence of; whole days last one day here."""
    code, nth = CODES[day.weekday()], (day.day - 1) // 7 + 1
    rules = [f"FREQ=DAILY;INTERVAL={rng.randint(1, 10)};COUNT={rng.randint(2, 10)}",
             f"FREQ=WEEKLY;BYDAY={code};COUNT={rng.randint(2, 30)}"]
    if day.day <= 28:
        rules.append(f"FREQ=MONTHLY;BYMONTHDAY={day.day};COUNT={rng.randint(2, 12)}")
        rules.append(f"FREQ=MONTHLY;BYDAY={nth}{code};COUNT={rng.randint(2, 12)}")
        if not timed:
            rules.append(f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day};COUNT={rng.randint(2, 5)}")
    return rng.choice(rules)


def event(rng, number):
    kind = rng.choice(list(TYPES))
    day = FIRST + datetime.timedelta(days=rng.randrange(DAYS))
    timed, recurs = rng.random() < 0.6, rng.random() < 0.1
    out = [f"  - id: {kind}-{number}", f"    type: {kind}", f"    summary: {TYPES[kind]} nummer {number}, voor wie het wil"]
    if timed:
        hour = rng.randint(8, 19)
        zone = rng.choice(ZONES)
        out.append(f"    start: {day} {hour:02}:{rng.choice(['00', '15', '30'])}")
        out.append(f"    end: {hour + rng.randint(1, 3):02}:45")
        if zone != ZONES[0]:
            out.append(f"    timezone: {zone}")
    else:
        out.append(f"    start: {day}")
        if not recurs and rng.random() < 0.5:
            out.append(f"    end: {day + datetime.timedelta(days=rng.randint(1, 7))}")
    if recurs:
        out.append(f"    rrule: {rule(rng, day, timed)}")
    if rng.random() < 0.3:
        out.append(f"    weekday: {WEEKDAYS[day.weekday()]}")
    if rng.random() < 0.7:
        town, place = rng.choice(TOWNS)
        out.append(f"    location: Gemeentehuis, {town}")
        if rng.random() < 0.2:
            out.append(f"    geo: [{place}]")
    if rng.random() < 0.2:
        out.append(f"    conference: https://example.org/meet/{number}")
    if rng.random() < 0.5:
        out.append(f"    url: https://example.org/activiteiten/{number}")
    if rng.random() < 0.25:
        out += ["    registration:", f"      url: https://example.org/aanmelden/{number}",
                f"      deadline: {day - datetime.timedelta(days=7)}", f"      capacity: {rng.randint(10, 200)}"]
    if rng.random() < 0.4:
        out.append(f"    categories: [{', '.join(rng.sample(CATEGORIES, rng.randint(1, 3)))}]")
    if rng.random() < 0.1:
        out.append(f"    status: {rng.choice(['confirmed', 'tentative', 'cancelled'])}")
    if rng.random() < 0.1:
        out.append("    contact: agenda@example.org")
    if timed and rng.random() < 0.3:
        out.append(f"    reminder: {rng.choice(['15m', '1h', '24h'])}")
    lines = description(rng)
    if len(lines) == 1 and ": " not in lines[0]:
        out.append(f"    description: {lines[0]}")
    else:
        out += ["    description: |", *(f"      {line}" if line else "" for line in lines)]
    return "\n".join(out) + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("count", type=int)
    arguments.add_argument("directory", type=pathlib.Path)
    given = arguments.parse_args()
    rng = random.Random(f"evcal {given.count}")
    given.directory.mkdir(parents=True, exist_ok=True)
    types = "\n".join(f"  {kind}: {{name: {name}}}" for kind, name in TYPES.items())
    (given.directory / "calendar.yaml").write_text(CALENDAR.format(count=given.count, types=types))
    # At least three files, so that there is always more than one to read.
    per_file = min(PER_FILE, -(-given.count // 3))
    for begin in range(0, given.count, per_file):
        numbers = range(begin + 1, min(begin + per_file, given.count) + 1)
        text = "events:\n" + "\n".join(event(rng, number) for number in numbers)
        (given.directory / f"deel-{begin // per_file + 1:03}.yaml").write_text(text)


main()
