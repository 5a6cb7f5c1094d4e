"""All advice that can be applied, applied: for every finding of every fixture, of every example of the catalogue and of
2,000 random slips in events that were right, its fix makes it go and brings no other; and of the slips the events come
back that were meant, byte for byte in what is exported.

Fixes are put into the files here as an editor would, by their lines and columns, and by "validate --fix".
"""
import collections
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "cli"))
import examples  # noqa: E402
import drawn  # noqa: E402
from tap import finish, result  # noqa: E402

EVCAL = os.path.realpath(os.environ.get("EVCAL", "build/evcal"))
SLIPS = int(os.environ.get("SLIPS", 2000))
SEED = int(os.environ.get("SEED", 20261126))
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1608195600"}


def evcal(folder, *arguments, check=()):
    done = subprocess.run([EVCAL, *arguments], cwd=folder, capture_output=True, env=ENVIRONMENT)
    if check and done.returncode not in check:
        sys.exit(f"evcal {' '.join(arguments)} in {folder}: status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout


def findings_of(folder, *arguments):
    report = json.loads(evcal(folder, "validate", "--format=json", *arguments, check=(0, 1)))
    assert not report["summary"]["omitted"]
    return report["findings"]


def told(findings):
    """What findings say, wherever it stands by now."""
    return collections.Counter((finding["code"], finding["message"]) for finding in findings)


def new_ones(after, before):
    """What is told after and was not before."""
    return sorted((after - before).elements())


# --- as an editor does it ---------------------------------------------------------------------------------------------

def offset(lines, line, column):
    return sum(map(len, lines[:line - 1])) + column - 1


def apply(folder, finding):
    """Puts the fix of a finding into its file."""
    path = pathlib.Path(folder, finding["file"])
    data = path.read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(mark):].decode()
    lines = re.split("(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])", text)
    fix = finding["fix"]
    begin, end = (offset(lines, fix[line], fix[column]) for line, column in (
        ("line", "column"), ("end_line", "end_column")))
    path.write_bytes(mark + (text[:begin] + fix["text"] + text[end:]).encode())


def try_each(name, folder):
    """Each fix of a folder alone: it makes its finding go, and no other comes. Returns how many there were."""
    before = findings_of(folder)
    fixable = [finding for finding in before if finding["fix"]]
    for finding in fixable:
        with tempfile.TemporaryDirectory() as copy:
            shutil.copytree(folder, copy, symlinks=True, dirs_exist_ok=True)
            apply(copy, finding)
            after, gone = told(findings_of(copy)), (finding["code"], finding["message"])
            rest = told(before)
            rest[gone] -= 1
            where = f"{finding['file']}:{finding['line']}:{finding['column']}: {finding['message']} [{finding['code']}]"
            if new_ones(after, rest):
                result(False, f"{name}: {where}", f"fix: {finding['fix']['text']!r}", *new_ones(after, rest))
    return len(fixable)


def try_all(name, folder):
    """--fix, until there is nothing to fix, leaves nothing that was not told before."""
    before = told(findings_of(folder))
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, symlinks=True, dirs_exist_ok=True)
        for _ in range(5):
            evcal(copy, "validate", "--fix", "-q", check=(0, 1))
            after = findings_of(copy)
            if not any(finding["fix"] for finding in after):
                break
        left = [finding for finding in after if finding["fix"]]
        # The more so: where two fixes were at one place, the second may say it in other words.
        come = [(code, message) for code, message in new_ones(told(after), before)]
        result(not left and not come, f"{name}: --fix leaves nothing to fix, and brings nothing", *left, *come)


# --- fixtures and examples --------------------------------------------------------------------------------------------

def try_fixtures():
    count = 0
    for fixture in sorted((ROOT / "invalid").iterdir()):
        if (fixture / "command").exists():
            continue
        count += try_each(fixture.name, fixture)
        try_all(fixture.name, fixture)
    result(count > 150, f"fixtures have fixes: {count}")


def try_examples():
    count = 0
    for place, lines in examples.wrong_ones():
        with tempfile.TemporaryDirectory() as folder:
            events = pathlib.Path(folder, "events")
            events.mkdir()
            examples.write(events, place, lines)
            count += try_each(lines.split("\n")[0], folder)
            try_all(lines.split("\n")[0], folder)
    result(count > 15, f"examples have fixes: {count}")


# --- slips ------------------------------------------------------------------------------------------------------------

CALENDAR = """name: Agenda
domain: example.org
timezone: Europe/Amsterdam
language: nl
organizer: {name: Programma, email: agenda@example.org}
types: {workshop: {name: Workshop}}
"""


class Slip:
    def __init__(self, rng, number):
        self.name = f"s{number:04}.yaml"
        self.id = f"les-{number}"
        keys = drawn.event(rng, number)
        self.right = ("events:\n" + drawn.event_lines(rng, keys, False)).encode()
        broken, flow, self.sure, self.what = drawn.slip(rng, keys)
        self.wrong = drawn.laid_out(rng, "events:\n" + drawn.event_lines(rng, broken, flow, 0.1))
        # What the author did beside the slip stays: notes, line breaks, a byte order mark.
        self.layout = (
            self.wrong.count(drawn.COMMENT.encode()), self.wrong[:3] == b"\xef\xbb\xbf", b"\r\n" in self.wrong)

    def keeps_layout(self, mended):
        lines, breaks = mended.count(b"\n"), mended.count(b"\r\n")
        return breaks in (0, lines) and self.layout == (
            mended.count(drawn.COMMENT.encode()), mended[:3] == b"\xef\xbb\xbf", breaks > 0)


def by_file(findings):
    files = collections.defaultdict(list)
    for finding in findings:
        files[pathlib.Path(finding["file"]).name].append(finding)
    return files


def write_all(folder, made, text):
    events = pathlib.Path(folder, "events")
    events.mkdir()
    (events / "calendar.yaml").write_text(CALENDAR)
    for slip in made:
        (events / slip.name).write_bytes(text(slip))


def exported(folder):
    evcal(folder, "export", "-q", "-o", "public", check=(0,))
    return {path.stem: path.read_bytes() for path in pathlib.Path(folder, "public/events").iterdir()}


CALENDAR_SLIPS = [
    ("domain: example.org", ["domain: https://example.org/agenda", "domain: agenda@example.org",
                             "domain: example.org/"]),
    ("timezone: Europe/Amsterdam", ["timezone: Amsterdam", "timezone: europe/amsterdam", "tijdzone: Europe/Amsterdam",
                                    "timezone: Europe/Amsterdm", "timezone: ‘Europe/Amsterdam’"]),
    ("language: nl", ["language: Nederlands", "language: NL", "taal: nl", "langage: nl"]),
    ("organizer: {name: Programma, email: agenda@example.org}", [
        "organizer: Programma <agenda@example.org>", "organisator: {name: Programma, email: agenda@example.org}",
        "organizer: {name: Programma, email: agenda at example.org}",
        "organizer: {name: Programma, mail: agenda@example.org}",
        "organizer: {naam: Programma, email: mailto:agenda@example.org}", "organizer: agenda@example.org (Programma)"]),
    ("types: {workshop: {name: Workshop}}", ["types: {workshop: Workshop}", "types:\n  workshop: Workshop",
                                             "soorten: {workshop: {name: Workshop}}",
                                             "types: {workshop: {naam: Workshop}}"]),
    ("name: Agenda", ["naam: Agenda", "name:Agenda", "name: [Agenda]", "Name: Agenda"]),
]


def try_calendar():
    """The same of calendar.yaml, a slip at a time."""
    event = "events:\n  - {id: les-1, summary: Les, start: 2027-03-09 14:00, end: 16:00, type: workshop}\n"
    with tempfile.TemporaryDirectory() as folder:
        events = pathlib.Path(folder, "events")
        events.mkdir()
        (events / "a.yaml").write_text(event)
        (events / "calendar.yaml").write_text(CALENDAR)
        meant = exported(folder)
        for right, wrongs in CALENDAR_SLIPS:
            for wrong in wrongs:
                (events / "revisions.yaml").unlink(missing_ok=True)
                shutil.rmtree(pathlib.Path(folder, "public"), ignore_errors=True)
                (events / "calendar.yaml").write_text(CALENDAR.replace(right, wrong))
                before = told(findings_of(folder))
                for _ in range(2):
                    evcal(folder, "validate", "--fix", "-q", check=(0, 1))
                after = findings_of(folder)
                good = sum(before.values()) and not after and exported(folder) == meant
                result(good, f"calendar.yaml: {wrong}", (events / "calendar.yaml").read_text(), *before, *after)


def show(slip, *notes):
    return [f"{slip.what}", slip.wrong.decode(), *notes]


def try_some(made, bad, counts):
    """Some slips at once: each is a file of its own."""
    with tempfile.TemporaryDirectory() as right, tempfile.TemporaryDirectory() as wrong:
        write_all(right, made, lambda slip: slip.right)
        clean = by_file(finding for finding in findings_of(right) if finding["severity"] == "error")
        good = [slip for slip in made if slip.name not in clean]
        counts["good"] += len(good)
        shutil.rmtree(pathlib.Path(right, "events"))
        write_all(right, good, lambda slip: slip.right)
        meant, silent = exported(right), by_file(findings_of(right))
        write_all(wrong, good, lambda slip: slip.wrong)
        before = by_file(findings_of(wrong))
        for _ in range(4):
            evcal(wrong, "validate", "--fix", "-q", check=(0, 1))
        after = by_file(findings_of(wrong))
        for slip in good:
            left, rest = after[slip.name], told(before[slip.name])
            come = new_ones(told(left), rest + told(silent[slip.name]))
            data = pathlib.Path(wrong, "events", slip.name).read_bytes()
            mended = data.decode()
            errors = [finding for finding in left if finding["severity"] == "error"]
            if come:
                bad["a fix brings no other finding"].append(show(slip, mended, *come))
            if any(finding["fix"] for finding in left):
                bad["no fix is left"].append(show(slip, mended, *left))
            if slip.sure and errors:
                bad["what is sure is fixed"].append(show(slip, mended, *[
                    finding["message"] + " / " + str(finding["help"]) for finding in errors]))
            if not slip.keeps_layout(data):
                bad["notes and layout stay"].append(show(slip, mended))
            counts["fixed"] += data != slip.wrong
            if errors:
                pathlib.Path(wrong, "events", slip.name).unlink()
        got = exported(wrong)
        for slip in good:
            if slip.sure and slip.id in got and got[slip.id] != meant[slip.id]:
                mended = pathlib.Path(wrong, "events", slip.name).read_text()
                bad["what was meant comes back"].append(show(slip, slip.right.decode(), mended))
            silently = slip.sure is False and slip.name not in before
            if silently and got.get(slip.id) != meant[slip.id]:
                bad["nothing passes in silence"].append(show(slip))


def try_slips():
    rng = random.Random(SEED)
    bad, counts = collections.defaultdict(list), collections.Counter()
    # No report shows more than 1,000 findings.
    for first in range(0, SLIPS, 400):
        try_some([Slip(rng, number) for number in range(first, min(first + 400, SLIPS))], bad, counts)
    result(counts["good"] > SLIPS * 0.9, f"most events are right to begin with: {counts['good']}")
    for name in ("a fix brings no other finding", "no fix is left", "what is sure is fixed", "notes and layout stay",
                 "what was meant comes back", "nothing passes in silence"):
        result(not bad[name], f"{counts['good']} slips: {name}: {len(bad[name])} are bad",
               *[line for lines in bad[name][:int(os.environ.get('SHOW', 5))] for line in lines])
    result(counts["fixed"] > counts["good"] * 0.6, f"of {counts['good']} slips, {counts['fixed']} were fixed")


if __name__ == "__main__":
    try_slips()
    try_calendar()
    if not os.environ.get("ONLY"):
        try_fixtures()
        try_examples()
    finish()
