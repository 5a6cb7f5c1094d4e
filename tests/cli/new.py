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

    # The programme's own types: filled in, nothing is wrong.
    own = pathlib.Path(work, "own")
    shutil.copytree(ROOT / "events", own)
    for kind in re.findall(r"^  ([a-z0-9-]+):$", (own / "calendar.yaml").read_text(), re.M):
        draft, _ = check(own, [kind])
        good = re.sub(r"^    ([a-z-]+):$", lambda key: f"    {key.group(1)}: {FILLED[key.group(1)]}", draft, flags=re.M)
        found = findings(own, good)
        (own / "drafts.yaml").unlink()
        result(not found, f"{kind}: filled in, nothing is wrong with it", found)
finish()
