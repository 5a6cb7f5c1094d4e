"""Pastes the example of every finding, as "evcal help CODE" shows it, into a calendar: the wrong one must fire the code
and no other, and the right one nothing at all. What no YAML shows is in words; those codes are named here.
"""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import textwrap

from tap import finish, result

EVCAL = os.environ.get("EVCAL", "build/evcal")
# Fired by what lies on the disk, or by an option; their fixtures and the other tests of tests/cli show them.
ELSEWHERE = {"encoding", "too-large", "no-calendar", "outside-folder", "not-a-file", "second-calendar", "ignored-file",
             "domain-changed", "large-feed", "removed-event", "revisions-lost", "revisions-outdated",
             "revisions-damaged", "bad-csv", "bad-attendee", "duplicate-attendee", "organizer-invited",
             "past-event", "invited-before", "cannot-import", "not-imported", "guessed"}
CALENDAR = {
    "name": "name: Agenda",
    "domain": "domain: example.org",
    "timezone": "timezone: Europe/Amsterdam",
    "organizer": "organizer: {name: Programma, email: agenda@example.org}",
    "types": "types: {lezing: {name: Lezing}, workshop: {name: Workshop, required: [location]}}",
}
EVENT = {"id": "id: example", "summary": "summary: Example", "start": "start: 2021-01-21"}


def evcal(*arguments):
    return subprocess.run([EVCAL, "--language=en", *arguments], text=True, stdout=subprocess.PIPE).stdout


def filled(lines, defaults):
    """The keys of an example, and those of a good mapping that it leaves out."""
    given = set(re.findall(r"^([a-z-]+):", lines, re.M))
    return "\n".join([text for key, text in defaults.items() if key not in given] + [lines]) + "\n"


def write(folder, place, lines):
    """Writes a calendar with an example in it."""
    calendar, events = filled("", CALENDAR), "events:\n" + textwrap.indent(filled("", EVENT), "    ").replace("    ", "  - ", 1)
    if place == "in calendar.yaml":
        calendar = filled(lines, CALENDAR)
    elif place == "in an events file":
        events = lines + "\n"
    else:
        events = "events:\n" + textwrap.indent(filled(lines, EVENT), "    ").replace("    ", "  - ", 1)
    pathlib.Path(folder, "calendar.yaml").write_text(calendar)
    pathlib.Path(folder, "events.yaml").write_text(events)


def codes_of(place, lines):
    """The codes that an example fires."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, place, lines)
        report = json.loads(evcal("validate", "--format=json", "-C", folder))
    return {finding["code"] for finding in report["findings"]}


def halves(code):
    """[("in an event", lines)] of the wrong and of the right one."""
    found = re.findall(r"^(Wrong|Right)(?:, ([a-z. ]+))?:\n((?:    .*\n|\n(?=    ))+)", evcal("help", code), re.M)
    return [(place, textwrap.dedent(lines).rstrip("\n")) for _, place, lines in found]


def codes():
    """All codes of the catalogue."""
    return [line.split(" ")[0] for line in evcal("help", "rules").split("\n") if line and line[0] != " "]


def wrong_ones():
    """[("in an event", lines)] of what fires each code."""
    return [shown[0] for shown in map(halves, codes()) if shown and shown[0][0]]


def main():
    result(codes_of("in an event", "") == set(), "what the examples are pasted into is a good calendar")
    for code in codes():
        shown = halves(code)
        if len(shown) != 2 or shown[0][0] != shown[1][0]:
            result(False, f"{code} has an example and its cure", "give it a row EXAMPLE in src/report/catalogue.def")
        elif not shown[0][0]:
            result(code in ELSEWHERE, f"{code} is one that no YAML shows")
        else:
            wrong, right = (codes_of(*half) for half in shown)
            result(wrong == {code}, f"{code}: the wrong example fires it, and nothing else", wrong)
            result(not right, f"{code}: the right example is right", right)
    finish()


if __name__ == "__main__":
    main()
