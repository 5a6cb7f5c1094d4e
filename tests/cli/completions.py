"""Completions in real shells: what TAB offers in bash, zsh and fish, for one table of lines.

Each shell runs twice, with the file sourced and with it installed as make install does. The tables in the files are
held to what the program prints, and the words that TAB offers to the tables in the source.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

import tables
import terminal
from tap import finish, result

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EVCAL = pathlib.Path(os.environ.get("EVCAL", ROOT / "build" / "evcal")).resolve()
SHELLS = [f"{name}{how}" for name in ("bash", "zsh", "fish") for how in ("", ", installed")]

AGENDA = {"agenda/calendar.yaml": """\
name: Agenda
domain: example.org
timezone: Europe/Amsterdam
organizer: {name: Agenda, email: agenda@example.org}
types:
  course: {name: Course}
  week: {name: Week of the year}
feeds:
  - {id: all, name: All}
  - {id: courses, name: Courses, types: course}
  - {id: weeks, name: Weeks, types: week}
""", "agenda/a.yaml": """\
events:
  - {id: course-1, type: course, summary: "A first: course", start: 2021-02-09 14:00, end: 16:00, categories: online}
  - {id: course-2, type: course, summary: Een tweede cursus, start: 2021-02-16, rdate: 2021-02-23}
  - {id: week-1, type: week, summary: A week, start: 2021-03-01, end: 2021-03-07, categories: "for all: Zoë"}
"""}
# The same with an event that has no date, one that is no event, a file that ends too early, and a feed of no type.
BROKEN = {"broken/calendar.yaml": AGENDA["agenda/calendar.yaml"] + "  - {id: none, name: None, types: nothing}\n",
          "broken/a.yaml": AGENDA["agenda/a.yaml"] +
                           "  - {id: late, summary: Too late, start: 2021-02-30}\n  - nothing\n",
          "broken/b.yaml": "events:\n  - {id: lost\n"}
OTHER = {"other one/calendar.yaml": "name: Other\n", "other one/a.yaml": "events: [{id: other-1}, {id: other-2}]\n",
         "people.csv": "name,email\n", "plain.txt": ""}

EVENTS = {"course-1": "2021-02-09 A first: course", "course-2": "2021-02-16 Een tweede cursus",
          "course-2-20210223": "2021-02-23 Een tweede cursus", "week-1": "2021-03-01 A week"}
FOLDERS = ["agenda", "broken", "large", "other one"]
FILES = [*FOLDERS, "people.csv", "plain.txt"]
CATEGORIES = ["Course", "Week of the year", "online", "for all: Zoë"]
TOPICS = [*tables.commands, "rules"]
DAYS = ["today", "tomorrow", "yesterday"]


def long_options(command):
    return [f"--{name}" for name in (tables.options[command] if command else tables.common)]


# A line, and the words that TAB offers behind it; with descriptions, where a shell shows any.
CASES = [
    ("evcal ", tables.commands),
    ("evcal e", ["export"]),
    ("evcal -C agenda ", tables.commands),
    ("evcal --color=never -q l", ["list"]),
    ("evcal --", long_options("")),
    ("evcal -- ", []),
    ("evcal exprot ", []),
    # Folders and files.
    ("evcal -C ", FOLDERS),
    ("evcal -Cag", ["-Cagenda"]),
    ("evcal list -qC ag", ["agenda"]),
    ("evcal list --directory=", FOLDERS),
    ("evcal list --directory b", ["broken"]),
    ("evcal export -o ", FOLDERS),
    ("evcal export --output=la", ["large"]),
    ("evcal validate ", FILES),
    ("evcal validate people.csv pl", ["plain.txt"]),
    ("evcal validate agenda/c", ["agenda/calendar.yaml"]),
    ("evcal validate -- p", ["people.csv", "plain.txt"]),
    ("evcal validate --stdin-name=p", ["people.csv", "plain.txt"]),
    ("evcal invite week-1 -C agenda --attendees ", FILES),
    ("evcal invite week-1 -C agenda --attendees=pe", ["people.csv"]),
    # Values.
    ("evcal validate --format=", tables.options["validate"]["format"].choices),
    ("evcal list --format j", ["json"]),
    ("evcal --color ", ["auto", "always", "never"]),
    ("evcal list --from=", DAYS),
    ("evcal list --from=today --until to", ["today", "tomorrow"]),
    ("evcal help --man ", tables.options["help"]["man"].choices),
    ("evcal invite week-1 --to ", []),
    ("evcal export --wait=", []),
    ("evcal --language=", ["nl", "en"]),
    ("evcal validate --allow ", tables.warnings),
    ("evcal list --allow=likely", ["likely-duplicate"]),
    ("evcal export --allow=organizer-invited --allow=organizer-i", []),
    # The calendar's own words.
    ("evcal invite -C agenda ", EVENTS),
    ("evcal -C agenda invite cour", {id: EVENTS[id] for id in EVENTS if id.startswith("course")}),
    ("evcal -Cagenda invite w", ["week-1"]),
    ("evcal --directory=agenda invite ", EVENTS),
    ("evcal --directory agenda invite -q ", EVENTS),
    ("evcal invite -C agenda -- ", EVENTS),
    ("evcal invite -C agenda -- week-1 ", []),
    ("evcal invite -C 'other one' ", ["other-1", "other-2"]),
    ("evcal invite -C other\\ one ", ["other-1", "other-2"]),
    ("evcal invite -C ~/agenda ", EVENTS),
    ("evcal invite -C $HOME/agenda ", EVENTS),
    ("evcal invite -C $(>ran)agenda ", []),
    ("evcal invite -C nowhere ", []),
    ("evcal new -C agenda ", ["course", "week"]),
    ("evcal new -C agenda w", ["week"]),
    ("evcal list -C agenda --type=", ["course", "week"]),
    ("evcal list -C agenda --category ", CATEGORIES),
    ("evcal list -C agenda --category=We", ["Week of the year"]),
    ("evcal list -C agenda --category=Week\\ o", ["Week of the year"]),
    ("evcal list -C agenda --category 'for", ["for all: Zoë"]),
    ("evcal export -C agenda --feed ", ["all", "courses", "weeks"]),
    ("evcal export -C agenda --feed=all --feed=", ["courses", "weeks"]),
    ("evcal list -C agenda --feed courses --feed all --feed ", ["weeks"]),
    # A calendar with errors gives what could be read, and nothing is said of them.
    ("evcal invite -C broken ", {**EVENTS, "late": "Too late", "lost": ""}),
    ("evcal export -C broken --feed=", ["all", "courses", "none", "weeks"]),
    ("evcal new -C broken ", ["course", "week"]),
    # The other operands.
    ("evcal schema ", ["events", "calendar"]),
    ("evcal help v", ["validate"]),
    ("evcal help ru", {"rules": None}),
    ("evcal help ke", ["keys"]),
    ("evcal help weekday", ["weekday", "weekday-mismatch"]),
    ("evcal help rr", ["rrule"]),
    ("evcal help keys dura", {"duration": None}),
    ("evcal help bad-d", {"bad-date": "no such date, or not written as 2021-01-21", "bad-domain": "not a host name",
                          "bad-duration": "not a duration"}),
    ("evcal help bad-date bad-domain bad-d", ["bad-duration"]),
]


def drift(shell):
    """Lines that show every command, option and value of the source."""
    every = {name: option for options in tables.options.values() for name, option in options.items()}
    for name, option in every.items():
        # What is behind it is its value, or the command.
        yield f"evcal --{name}{' x' * option.takes_value} help rul", ["rules"]
    for command, options in tables.options.items():
        yield f"evcal {command} --", long_options(command)
        if not shell.startswith("bash"):
            letters = [f"-{option.letter}" for option in options.values() if option.letter]
            yield f"evcal {command} -", long_options(command) + letters
        for name, option in options.items():
            if option.choices:
                yield f"evcal {command} --{name}=", option.choices


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def events_of(folder):
    """The ids in the files of a folder that generate.py wrote, with their descriptions."""
    files = [yaml.load(file.read_text(), yaml.CBaseLoader) for file in folder.glob("deel-*.yaml")]
    return {event["id"]: f"{event['start'][:10]} {event['summary']}" for file in files for event in file["events"]}


def agrees(offer, expected, shell):
    """Whether the words are those, and where they should be described, whether they are."""
    words = offer.words
    if set(words) != set(expected):
        return False
    described = isinstance(expected, dict) and shell != "bash" and len(expected) > 1
    return not described or all((words[word] or "") == text for word, text in expected.items())


def try_shell(shell, folder, cases, rows):
    home = tempfile.TemporaryDirectory()
    shown = terminal.Terminal(shell, folder, pathlib.Path(home.name), EVCAL.parent, rows)
    try:
        for line, expected in cases:
            offer = shown.offer(line)
            result(agrees(offer, expected, shown.name), f"{shell}: {line}", f"offered: {offer}", f"expected: {expected}")
    except TimeoutError as silence:
        result(False, f"{shell}: {line}", silence)
    finally:
        shown.close()
        home.cleanup()


def agrees_with_program(shell):
    """Whether the tables of a completion file are those that the program prints."""
    ran = subprocess.run([EVCAL, "help", f"--completion={shell}"], text=True, stdout=subprocess.PIPE)
    file = (ROOT / "completions" / f"evcal.{shell}").read_text()
    found = re.search(r"^# --- the tables.*?\n(.*)^# --- the end of the tables", file, re.M | re.S)
    return found and ran.stdout == found[1] != ""


def main():
    for shell in "bash", "zsh", "fish":
        result(agrees_with_program(shell), f"completions/evcal.{shell} has the program's tables", "run make completions")
    chosen = [shell for shell in SHELLS if not sys.argv[1:] or shell in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        write(folder, {**AGENDA, **BROKEN, **OTHER})
        subprocess.run([sys.executable, ROOT / "tests" / "bench" / "generate.py", "500", folder / "large"], check=True)
        large = events_of(folder / "large")
        assert len(large) == 500
        many = [("evcal invite -C large ", large),
                ("evcal invite -C large week-4", {id: text for id, text in large.items() if id.startswith("week-4")})]
        for shell in chosen:
            try_shell(shell, folder, [*CASES, *drift(shell)], 80)
            try_shell(shell, folder, many, 600)
        result(not (folder / "ran").exists(), "nothing of the line is run")
    finish()


main()
