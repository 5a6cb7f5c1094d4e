"""Makes a folder of seeds for each fuzz target of the fixtures and the real calendar: seeds.py FOLDER"""

import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
REVISION = (
    "{}: {{sequence: {}, created: 2020-12-17T09:00:00Z, modified: 2021-01-05T10:12:00Z, "
    "ends: 2021-01-22, digest: 3f9c, schedule: 77ab}}\n"
)
LIST = "# evcal 1: the files that evcal wrote here, each with its digest\n"


def is_own(path):
    """Not a link, which may lead anywhere."""
    return path.is_file() and not path.is_symlink()


def calendars():
    """Each calendar directory with its files, calendar.yaml apart."""
    for folder in [TESTS.parent / "events", *sorted(TESTS.glob("*valid/*/events"))]:
        top = folder / "calendar.yaml"
        files = sorted(path for path in folder.rglob("*.y*ml") if is_own(path) and path != top)
        yield folder.parent.name, top.read_bytes() if is_own(top) else b"", files


def seeds():
    """Pairs of a target and a seed."""
    for name, top, files in calendars():
        yield "yaml", top
        revisions = b"".join(path.read_bytes() for path in files if path.name == "revisions.yaml")
        for path in files:
            octets = path.read_bytes()
            yield "revisions" if path.name == "revisions.yaml" else "yaml", octets
            if path.name != "revisions.yaml":
                yield "calendar", top + b"\f" + octets + b"\f" + revisions
                for rule in re.findall(rb"rrule: *[\"']?([A-Za-z0-9=;,+:-]+)", octets):
                    yield "rules", b"2021-01-21 14:00\n" + rule + b"\n14:00\n1h30m"
    for path in sorted(TESTS.glob("valid/*/public/**/*.ics")):
        yield "fold", path.read_bytes()
    for path in sorted(TESTS.rglob("*.csv")):
        yield "csv", path.read_bytes()
    yield "csv", "naam;e-mail\r\n\"Een, twee\";een@example.org\r\nDrie;drie@example.org\r\n".encode()
    yield "csv", "sep=,\nname,email\n\"Caf\u00e9 \"\"X\"\"\",x@example.org\n".encode("cp1252")
    yield "csv", "Een <een@example.org>".encode()
    yield "revisions", (REVISION.format("a@example.org", 0) + REVISION.format('"b: \\"c"', 12)).encode()
    yield "manifest", LIST.encode()
    yield "manifest", (LIST + "".join(f"{'0123456789abcdef' * 2} {name}\n" for name in ("a.ics", "events/a.ics"))).encode()
    for line in DATES.splitlines():
        yield "rules", line.replace(" | ", "\n").encode()


DATES = """21-01-2021 | FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,TH;WKST=SU | 14.00 uur | PT2H30M
21 januari 2021 14u | FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20301231 | 9:00 | 2w
2021-01-31T24:00 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | 24:00 | 1d
2024-02-29 | FREQ=YEARLY;INTERVAL=8;BYMONTH=2;BYMONTHDAY=29 | 14 | 90m
4400-01-01 | FREQ=DAILY;INTERVAL=999;COUNT=999 | 14:00:00 | P1DT1H
1601-01-01 10:00Z | FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO | 14h | 0m
2021-01-01 | FREQ=YEARLY;BYYEARDAY=-366;BYSETPOS=366 | donderdag | 99999999999d
2021-01-01 | FREQ=SECONDLY;BYHOUR=23;BYMINUTE=59;BYSECOND=60 | do | PT"""


def main():
    """Writes them, numbered."""
    for number, (target, octets) in enumerate(seeds()):
        folder = pathlib.Path(sys.argv[1]) / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / str(number)).write_bytes(octets)


main()
