"""evcal new: what it prints, pasted into the calendar, lacks only what must still be filled in, at those very keys; and
once that is filled in, nothing is wrong.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml
from tap import finish, result

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EVCAL = os.environ.get("EVCAL", str(ROOT / "build" / "evcal"))
KEYS = [key for key in json.loads(subprocess.run([EVCAL, "schema", "events"], stdout=subprocess.PIPE).stdout)
        ["$defs"]["event"]["properties"]]
CALENDAR = f"""name: Test
domain: example.org
timezone: Europe/Amsterdam
language: LANGUAGE
organizer: {{name: Test, email: test@example.org}}
types:
  empty: {{name: Empty}}
  workshop: {{name: Workshop, required: [location, weekday], duration: 2h, location: Utrecht}}
  everything: {{name: Everything, required: [{", ".join(KEYS)}]}}
  {"x" * 64}: {{name: Long}}
"""
FILLED = {"summary": "Een proef", "start": "2027-03-09", "weekday": "dinsdag", "end": "2027-03-09",
          "description": "Tekst", "location": "Utrecht"}


def evcal(folder, *arguments, epoch="1798761600"):
    environment = dict(os.environ, SOURCE_DATE_EPOCH=epoch)
    return subprocess.run([EVCAL, *arguments, "--language=en", "-C", str(folder)], text=True, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


def findings(folder, events):
    (folder / "drafts.yaml").write_text("events:\n" + events)
    found = json.loads(evcal(folder, "validate", "--format=json").stdout)["findings"]
    return [one for one in found if one["file"] == str(folder / "drafts.yaml")]


def check(folder, kind):
    draft = evcal(folder, "new", *kind)
    name = " ".join(["new", *kind])[:40]
    result(draft.returncode == 0 and not draft.stderr, f"{name} prints an event", draft.stderr)
    lines = draft.stdout.split("\n")
    open_keys = {number + 2: key.group(1) for number, line in enumerate(lines)
                 if (key := re.fullmatch(r"    ([a-z-]+):", line))}
    found = findings(folder, draft.stdout)
    elsewhere = [one["message"] for one in found if one["line"] not in open_keys]
    result(found and not elsewhere, f"{name}: every finding is at a key to be filled in", elsewhere)
    result({one["code"] for one in found} == {"empty-value"}, f"{name}: what is wrong is that they are empty", found)
    result({"summary", "start"} <= set(open_keys.values()), f"{name}: what every event must have is asked for", lines)
    for before, line in zip(lines, lines[1:]):
        if re.fullmatch(r"    [a-z-]+:", line):
            result(before.startswith("    # " + line.strip()), f"{name}: an example stands above {line.strip()}", before)
    (folder / "drafts.yaml").unlink()
    return draft.stdout, set(open_keys.values())


ORIGINAL = """defaults: {location: Utrecht}
events:
  # The first.
  - id: cursus-2021 # its id
    uid: abc@old.example
    # about the summary
    summary: 'Cursus 2021'
    start: 2021-03-16 14:00   # start
    end: 16:00
    weekday: dinsdag
    status: cancelled
    # about who comes
    registration:
      url: https://example.org
      deadline: 2021-03-01 12:00
      full: true
    rrule: FREQ=WEEKLY;UNTIL=20210406T120000Z
    exdate: [2021-03-23]
    overrides:
      - {recurrence-id: 2021-03-30, start: 2021-03-31 10:00, location: "Den, }Haag"}
      - recurrence-id: "2021-04-06"
        status: cancelled
    rdate:
      - 2021-04-20
      - 2021-04-21
    description: |
      Op 2021-01-01.

      # kop
    # in the item

  # About the next.
  - {id: flow, summary: "it's {", start: 2021-03-31, end: 2021-04-02, sequence: 3} # behind

  -
    sequence: 4
    id: yearly-2021-2
    uid: x@example.org
    summary: Derde
    start: 2021-05-03
  - id: weeks
    summary: Week 53
    start: 2020-12-31
  - {id: announced-2026, summary: Congres, start: 2026-12, draft: true}
  - {id: later, summary: Congres, start: "2027-12"}
  - {id: monday, summary: Week 1, start: 2019-12-30, status: tentative}
"""
COPIES = {
    "--like=cursus-2021": """  - id: cursus-2027 # its id
    # about the summary
    summary: 'Cursus 2021'
    start: 2027-03-16 14:00   # start
    end: 16:00
    weekday: dinsdag
    # about who comes
    registration:
      url: https://example.org
      deadline: 2027-03-01 12:00
    rrule: FREQ=WEEKLY;UNTIL=20270406T120000Z
    exdate: [2027-03-23]
    overrides:
      - {recurrence-id: 2027-03-30, start: 2027-03-31 10:00, location: "Den, }Haag"}
      - recurrence-id: "2027-04-06"
        status: cancelled
    rdate:
      - 2027-04-20
      - 2027-04-21
    description: |
      Op 2021-01-01.

      # kop
    # in the item
""",
    "--like=flow": """  - {id: flow-2027, summary: "it's {", start: 2027-03-31, end: 2027-04-02}
""",
    "--like=flow --start=2027-01-05": """  - {id: flow-2027, summary: "it's {", start: 2027-01-05, end: 2027-01-07}
""",
    "--like=yearly-2021-2 --start=today": """  - id: yearly-2027
    summary: Derde
    start: 2027-01-01
""",
    # Of an announced event the month is kept, until its day is known.
    "--like=announced-2026": """  - {id: announced-2027, summary: Congres, start: 2027-12, draft: true}
""",
    "--like=later": """  - {id: later-2028, summary: Congres, start: "2028-12"}
""",
    "--like=later --start=2027-12-07": """  - {id: later-2027, summary: Congres, start: "2027-12-07"}
""",
    "--like=cursus-2021-20210420 --start=2021-03-17": None,
    "--like=monday": """  - {id: monday-2027, summary: Week 1, start: 2027-01-04, status: tentative}
""",
}
# An extra date is copied with all of its event; here it is a day later.
COPIES["--like=cursus-2021-20210420 --start=2021-03-17"] = re.sub(
    r"2027-(\d\d)-(\d\d)", lambda day: f"2021-{day[1]}-{int(day[2]) + 1:02}", COPIES["--like=cursus-2021"]).replace(
    "20270406", "20210407").replace("2021-03-32", "2021-04-01").replace("id: cursus-2027", "id: cursus-2021-2")
LEFT_OUT = {"uid", "sequence", "status"}
DATED = {"id", "start", "end", "exdate", "rdate", "overrides", "registration", "rrule"}
# A rule of days of the month gives other days in another year, and a year can be the last: validate says so.
LATER_ONLY = {"start-not-in-rule", "date-out-of-range"}


def copy_all(folder, file):
    root = yaml.load(file.read_text("utf-8-sig"), yaml.BaseLoader) or {}
    before = findings_of(folder)
    for event in root.get("events", [])[:20]:
        if not isinstance(event, dict):
            continue
        name = f"{folder.name}, {event['id']}"
        copy = evcal(folder, "new", "--like=" + event["id"], epoch="1600000000")
        result(copy.returncode == 0 and not copy.stderr, f"{name} is copied", copy.stderr)
        defaults = f"defaults: {json.dumps(root['defaults'])}\n" if "defaults" in root else ""
        (folder / "copy.yaml").write_text(defaults + "events:\n" + copy.stdout)
        if not re.search(r": [*&]\w", copy.stdout):  # anchors are of use in their own file only
            new = yaml.load(defaults + "events:\n" + copy.stdout, yaml.BaseLoader)["events"][0]
            result(set(event) - set(new) <= LEFT_OUT and all(event[key] == new[key] for key in set(new) - DATED),
                   f"{name}: the copy says the same", copy.stdout)
            found = {one["code"] for one in findings_of(folder) if one["severity"] == "error"}
            result(found <= LATER_ONLY | {one["code"] for one in before}, f"{name}: the copy is as good", found)
        (folder / "copy.yaml").unlink()


def findings_of(folder):
    return json.loads(evcal(folder, "validate", "--format=json").stdout)["findings"]


with tempfile.TemporaryDirectory() as work:
    folder = pathlib.Path(work, "calendar")
    folder.mkdir()
    (folder / "calendar.yaml").write_text(CALENDAR.replace("LANGUAGE", "nl"))
    (folder / "a.yaml").write_text("events:\n  - {id: workshop-2027, summary: A, start: 2027-01-21}\n"
                                   "  - {id: workshop-2027-2, summary: B, start: 2027-01-22}\n")
    draft, keys = check(folder, ["workshop"])
    result(draft.startswith("  - id: workshop-2027-3\n    type: workshop\n"), "the id is one that is not taken", draft)
    result(keys == {"summary", "start", "weekday"}, "what the type gives is not asked for", keys)
    result("# De titel, op één regel." in draft, "the comments are in the calendar's language")
    result("# end:" not in draft, "where the type has a duration, an end is not spoken of", draft)
    draft, keys = check(folder, ["empty"])
    result("    # end: 16:00" in draft and keys == {"summary", "start"}, "else it is, in a comment", draft)
    draft, keys = check(folder, ["everything"])
    result(keys == set(KEYS) - {"id", "type"}, "all that the type requires is asked for", set(KEYS) ^ keys)
    draft, _ = check(folder, ["x" * 64])
    result(len(re.search(r"id: (\S+)", draft).group(1)) <= 64, "an id never gets too long")
    draft, _ = check(folder, [])
    result(draft.startswith("  - id: activiteit-2027\n") and "    # type: workshop\n" in draft,
           "without a type it names those that there are", draft)
    result("id: workshop-2031\n" in evcal(folder, "new", "workshop", epoch="1924992000").stdout, "the year is that of now")

    # Revisions remember what was published once.
    evcal(folder, "export", "-q", "-o", work + "/public")
    (folder / "a.yaml").write_text("events:\n  - {id: workshop-2027, summary: A, start: 2027-01-21}\n")
    result("id: workshop-2027-3\n" in evcal(folder, "new", "workshop").stdout, "an id that was published stays taken")

    # Errors elsewhere do not stand in the way, and are told.
    (folder / "b.yaml").write_text("events:\n  - {id: b, sumary: B, start: 2027-01-23}\n")
    broken = evcal(folder, "new", "workshop")
    result(broken.returncode == 1 and "workshop-2027-3" in broken.stdout and "[unknown-key]" in broken.stderr,
           "in a calendar with errors it prints the event, shows them, and is status 1", broken)
    (folder / "b.yaml").unlink()

    for words, near in [(["wrkshop"], 'did you mean "workshop"?'), (["lezing"], 'no type "lezing"'), (["a", "b"], "b")]:
        refused = evcal(folder, "new", *words)
        result(refused.returncode == 2 and near in refused.stderr and not refused.stdout, f"new {' '.join(words)} is status 2",
               refused)
    (folder / "calendar.yaml").write_text(CALENDAR.replace("LANGUAGE", "en"))
    draft, _ = check(folder, ["workshop"])
    result("# The title, on one line." in draft, "the comments are in the calendar's other language", draft)
    (folder / "calendar.yaml").write_text(CALENDAR.split("language")[0] + "organizer: {name: T, email: t@example.org}\n")
    draft, _ = check(folder, [])
    result(draft.startswith("  - id: event-2027\n") and "type" not in draft, "a calendar without types", draft)
    (folder / "calendar.yaml").write_text("types: [x\n")
    result(evcal(folder, "new", "workshop").returncode == 1, "where the types cannot be read, the findings say why")
    result(evcal(folder / "none", "new").returncode == 3, "a calendar that is not there is status 3")

    # A copy for the next time, with what its author wrote.
    (folder / "calendar.yaml").write_text(CALENDAR.replace("LANGUAGE", "nl"))
    (folder / "a.yaml").write_text(ORIGINAL)
    for name, wanted in COPIES.items():
        copy = evcal(folder, "new", *name.split())
        result(copy.returncode == 0 and copy.stdout == wanted, f"new {name}", copy.stdout + copy.stderr)
    for id, years in [("weeks", {1798761600: "2027-12-30", 1830297600: "2028-12-28", 1956528000: "2032-12-30"}),
                      ("monday", {1577836800: "2021-01-04", 1609459200: "2021-01-04", 1609804800: "2022-01-03"})]:
        # 2020-12-31 is the Thursday of week 53, as 2026-12-31 is; other years end with week 52.
        for epoch, wanted in years.items():
            copy = evcal(folder, "new", "--like=" + id, epoch=str(epoch)).stdout
            result(f"start: {wanted}" in copy, f"{id}: the next time after {epoch}", copy)
    for words, near in [(["--like=yearly-2021"], 'yearly-2021-2'), (["--start=2027-01-01"], "--like"),
                        (["--like=cursus-2021", "workshop"], "--like"),
                        (["--like=cursus-2021", "--start=2027-02-30"], "28")]:
        refused = evcal(folder, "new", *words)
        result(refused.returncode == 2 and near in refused.stderr and not refused.stdout,
               f"new {' '.join(words)} is status 2", refused)
    (folder / "a.yaml").write_bytes(ORIGINAL.replace("\n", "\r\n").encode())
    copy = evcal(folder, "new", "--like=cursus-2021")
    result(copy.stdout == COPIES["--like=cursus-2021"], "lines that end in CRLF", copy.stdout)
    (folder / "a.yaml").write_text("events:\n  - {id: a, summary: A, start: 2021-02-30}\n")
    broken = evcal(folder, "new", "--like=a")
    result(broken.returncode == 1 and not broken.stdout and "[bad-date]" in broken.stderr, "no start, no copy",
           broken)
    (folder / "a.yaml").unlink()

    # Of every event of the valid calendars the copy is as good, and says the same but for its dates.
    for source in sorted(path for path in (ROOT / "tests" / "valid").glob("*/events") if path.is_dir()):
        whole = pathlib.Path(work, "valid-" + source.parent.name)
        shutil.copytree(source, whole)
        for file in sorted(whole.rglob("*.y*ml")):
            if file.name not in ("calendar.yaml", "revisions.yaml"):
                copy_all(whole, file)

    # The programme's own types: filled in, nothing is wrong.
    own = pathlib.Path(work, "own")
    shutil.copytree(ROOT / "events", own)
    for kind in yaml.load((own / "calendar.yaml").read_text(), yaml.BaseLoader)["types"]:
        draft, _ = check(own, [kind])
        good = re.sub(r"^    ([a-z-]+):$", lambda key: f"    {key.group(1)}: {FILLED[key.group(1)]}", draft, flags=re.M)
        found = findings(own, good)
        (own / "drafts.yaml").unlink()
        result(not found, f"{kind}: filled in, nothing is wrong with it", found)
finish()
