#!/usr/bin/env python3
"""evcal import: what other programs wrote gives, exported again, what an independent reader finds in their files; and
export, import and export give what was exported first.

importing.py [EVENTS]: so many drawn events go that way; 1,000 by default.
"""
import datetime
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

import icalendar

import common
import drawn
import readers

SYDNEY = '"(UTC+10:00) Canberra, Melbourne, Sydney"'
CALENDAR = """name: Test
domain: example.org
timezone: Europe/Amsterdam
organizer: {name: Test, email: test@example.org}
"""


def run(*arguments):
    return subprocess.run([common.EVCAL, *map(str, arguments)], capture_output=True,
                          env=dict(os.environ, SOURCE_DATE_EPOCH="1608195600", EVCAL_TODAY="2020-12-17"))


def taken_over(files, calendar, work):
    """Imports files into a calendar and exports that. Returns the run of import, and where the export is."""
    folder, out = pathlib.Path(work, "b"), pathlib.Path(work, "out")
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "calendar.yaml").write_text(calendar)
    imported = run("import", "--language=en", "-C", folder, *files)
    (folder / "imported.yaml").write_bytes(imported.stdout)
    exported = run("export", "-q", "--language=en", "-C", folder, "-o", out)
    if exported.returncode:
        imported.stderr += exported.stderr
    return imported, out


def plain(text):
    """A text without what Markdown does not keep: spaces around lines, and empty lines behind the first."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", text)).strip()


def read(out):
    """What the files of the events of an export say, by UID."""
    found = {}
    for file in sorted((out / "events").glob("*.ics")):
        text = file.read_bytes().decode()
        for uid, event in readers.by_icalendar(text).items():
            event["description"] = plain(event["description"])
            # An override that changes nothing need not come back.
            event["changed"] = {id: values for id, values in event["changed"].items()
                                if [str(values[0]), *values[2:]] != [id, event["summary"], event["location"]]}
            event["sequence"] = int(icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["SEQUENCE"])
            found[uid] = event
    return found


def there_and_back(name, directory, work):
    """export, import, export."""
    first = common.export(directory)
    calendar = pathlib.Path(directory, "calendar.yaml").read_text()
    imported, out = taken_over(sorted((first / "events").glob("*.ics")), calendar, work)
    notes = imported.stderr.decode().splitlines()
    common.result(imported.returncode == 0, f"{name} is imported", *notes[:10])
    wanted, found = read(first), read(out) if out.exists() else {}
    shutil.rmtree(first)
    common.result(sorted(wanted) == sorted(found), f"{name} comes back with the same UIDs", *notes[:10])
    wrong = [f"{uid}: {key}: {found[uid][key]!r}, not {value!r}" for uid in wanted if uid in found
             for key, value in wanted[uid].items() if found[uid][key] != value]
    common.result(not wrong, f"{name} comes back as it was", *wrong[:10])


def instants(text):
    """When each event of a file takes place: its start and end, dates of rules, and those that are moved."""
    found = {}
    for event in icalendar.Calendar.from_ical(text, multiple=True):
        for part in event.walk("VEVENT"):
            if "DTSTART" not in part:
                continue
            start = part["DTSTART"].dt
            # A date without an end is one whole day (RFC 5545, 3.6.1).
            lasts = part["DURATION"].dt if "DURATION" in part else datetime.timedelta(days=1)
            end = part["DTEND"].dt if "DTEND" in part else start + lasts
            rule = part["RRULE"].to_ical().decode() if "RRULE" in part else None
            exdates = part.get("EXDATE", [])
            exdates = exdates if isinstance(exdates, list) else [exdates]
            out = [readers.instant(date.dt) for some in exdates for date in some.dts]
            dates = readers.dates_of(rule, start, out) or [readers.instant(start)]
            key = str(part["SUMMARY"])
            found[key] = [str(date) for date in dates], str(readers.instant(end))
    return found


def shapes(work):
    """Files in the forms of other programs."""
    for file in sorted((common.HERE / "import").glob("*.ics")):
        text = file.read_bytes()
        imported, out = taken_over([file], CALENDAR, work)
        notes = imported.stderr.decode().splitlines()
        common.result(imported.returncode == 0 and out.exists(), f"{file.name} is imported", *notes[:10])
        # Where rrule asks for a zone that the system has, icalendar's own of a VTIMEZONE will not do.
        wanted = instants(text.decode().replace("/mozilla.org/20050126_1/", "").replace(SYDNEY, "Australia/Sydney"))
        found = {}
        for made in sorted((out / "events").glob("*.ics")):
            found |= instants(made.read_bytes().decode())
        common.result(found == wanted, f"{file.name} takes place when icalendar says", f"{found}", f"{wanted}")
        kept = imported.stdout.decode() + imported.stderr.decode()
        common.result("ATTENDEE" not in imported.stdout.decode() and not re.search(r"gast-\d+@", kept), f"{file.name} gives nobody away", kept)


# For each use of a column a value, and what stands in the event for it.
VALUES = {
    "FULL": ("ja", "ja}"), "ONLINE": ("https://example.org/m", "conference: https://example.org/m"),
    "START": ("22-1-2027", "start: 2027-01-22"), "END": ("25-1-2027", "end: 2027-01-25"), "PLACE": ("Utrecht", "location: Utrecht"),
    "STATUS": ("voorlopig", "status: tentative"), "CAPACITY": ("20", "20}"),
    "REGISTRATION": ("https://example.org/x", "registration: {url: https://example.org/x}"),
    "DEADLINE": ("14-1-2027", "14-1-2027}"), "DETAIL": ("gratis", "details:"), "LEFT": ("Geheim", ""),
    "ALL_DAY": ("ja", ""), "TYPE": ("lezing", ""),
}


def columns(work):
    """Every name that a column may have is read, alone beside title and date."""
    text = (common.ROOT / "src" / "import" / "csv_columns.c").read_text()
    calendar = pathlib.Path(work, "columns")
    calendar.mkdir()
    (calendar / "calendar.yaml").write_text(
        "name: N\ntimezone: Europe/Amsterdam\ndomain: example.org\norganizer: {name: T, email: t@example.org}\n"
        "types: {lezing: {name: Lezing}}\n")
    names = re.findall(r'\{"(\w+)", USE_(\w+)\}', text)
    wrong = []
    for name, use in names:
        value, wanted = VALUES[use]
        date = "" if use == "START" else "Datum;"
        table = f"Titel;{date}{name}\r\nEen;{'21-1-2027;' if date else ''}{value}\r\n"
        (calendar / "t.csv").write_text(table)
        ran = subprocess.run([common.EVCAL, "-C", calendar, "import", calendar / "t.csv"], capture_output=True, text=True)
        if ran.returncode not in (0, 1) or wanted not in ran.stdout or "Geheim" in ran.stdout or "summary: Een" not in ran.stdout:
            wrong.append(f"{name}: {ran.returncode} {ran.stdout} {ran.stderr}")
    common.result(len(names) > 60 and not wrong, "every name of a column is read", *wrong[:5])
    cells(calendar, names)


def cells(calendar, names):
    """Whatever stands in a cell, it is in an event or a finding shows it, but where a column is left out by its name."""
    keys = ["Titel", "Omschrijving", "Toelichting", "Website", "Locatie", "Categorie", "Tags", "Contact", "Kleur", "Prijs", "Duur",
            "Online", "Afbeelding", "Bijlage", "Taal", "Id", "Dag"]
    known = [name for name, use in names if use not in ("START", "END", "ALL_DAY", "LEFT", "FULL")] + keys
    draw, wrong = random.Random(11), []
    for number in range(100):
        headers = draw.sample(known, draw.randint(2, 9))
        words = [f"woord{number}{chr(97 + column)}" for column in range(len(headers))]
        (calendar / "t.csv").write_text(";".join(["Datum", *headers]) + "\n" + ";".join(["21-1-2027", *words]) + "\n")
        ran = subprocess.run([common.EVCAL, "-C", calendar, "import", calendar / "t.csv"], capture_output=True, text=True)
        # A finding shows the whole row too, which says nothing of the cell.
        said = ran.stdout + re.sub(r"(?m)^ *\d+ \|.*$", "", ran.stderr)
        lost = [word for word in words if word not in said]
        if ran.returncode not in (0, 1) or lost:
            wrong.append(f"{headers}: {ran.returncode}, lost {lost}: {ran.stdout} {ran.stderr}")
    common.result(not wrong, "no cell of a table is lost", *wrong[:3])


def main(arguments):
    count = int(arguments[0]) if arguments else 1000
    draw = drawn.Draw(7)
    with tempfile.TemporaryDirectory() as work:
        for directory in common.calendars():
            there_and_back(directory.parent.name, directory, work)
        folder = pathlib.Path(work, "drawn", "events")
        drawn.write(folder, [draw.event(number) for number in range(count)], draw.random)
        there_and_back(f"a calendar of {count} drawn events", folder, work)
        shapes(work)
        columns(work)
    sys.exit(common.failed)


if __name__ == "__main__":
    main(sys.argv[1:])
