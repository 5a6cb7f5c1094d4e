"""Whole runs with definitions that were changed at random: no command may end otherwise than it says.

    whole.py [--seed=N] NUMBER

Each mutant is a folder of tests/valid or tests/invalid in which some values were swapped, lines doubled or lost, octets
replaced, files linked or their modes changed. validate, export, list and invite run on it. What must hold: the status is 0
to 3; the JSON of validate can be read, and its status is 0 or 1 as it has no error or some; after an export with status 0
there is a file for each event, with a VEVENT in it; after one with another status there is no feed; and a file beside the
folder is as it was, and nothing that it says is shown.
"""
import argparse
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
EVCAL = os.path.abspath(os.environ.get("EVCAL", "build/evcal"))
SECRET = "geheim-5f1c"
WORDS = ["\u202e", "\u2028", "\u0085", "\x1b[31m", "::error::", "\ufeff", "\ud7ff", "'", "\"", "\\", "%s", "*a", "&a", "<<", "~",
         "-1", "99999999999999999999", "9999-12-31", "0000-00-00", "24:00", "FREQ=SECONDLY", "../../geheim", "/etc/passwd", "😀",
         "a" * 300, "[", "{", "|", ">-", "#", ":", "- ", "\t", "\r", "=SUM(1)", "mailto:", "Europe/Amsterdam", "2021-03-28 02:30"]


def swap_values(draw, lines):
    """Two values change places."""
    places = [i for i, line in enumerate(lines) if re.match(r"\s*[-\w ]+:\s*\S", line)]
    if len(places) > 1:
        a, b = draw.sample(places, 2)
        one, other = (re.match(r"(\s*[-\w ]+:\s*)(.*)", lines[i], re.S).groups() for i in (a, b))
        lines[a], lines[b] = one[0] + other[1], other[0] + one[1]


def double(draw, lines):
    i = draw.randrange(len(lines))
    lines[i:i] = [lines[i]] * draw.choice([1, 2, 40])


def lose(draw, lines):
    del lines[draw.randrange(len(lines))]


def move(draw, lines):
    lines.insert(draw.randrange(len(lines)), lines.pop(draw.randrange(len(lines))))


def indent(draw, lines):
    i = draw.randrange(len(lines))
    lines[i] = draw.choice([" ", "  ", "\t", "- "]) + lines[i]


def put_in(draw, lines):
    """Something odd, somewhere in a line or in place of a value."""
    i, word = draw.randrange(len(lines)), draw.choice(WORDS)
    if draw.random() < 0.5:
        lines[i] = re.sub(r":\s.*", lambda _: ": " + word, lines[i], count=1)
    else:
        at = draw.randrange(len(lines[i]) + 1)
        lines[i] = lines[i][:at] + word + lines[i][at:]


EDITS = [swap_values, swap_values, double, lose, move, indent, put_in, put_in]


def change_text(draw, file):
    octets = file.read_bytes()
    if draw.random() < 0.1 and octets:
        at = draw.randrange(len(octets))
        file.write_bytes(octets[:at] + bytes([draw.randrange(256)]) + octets[at + draw.randrange(2):])
        return
    lines = octets.decode(errors="surrogateescape").splitlines(keepends=True)
    for _ in range(draw.choice([1, 1, 2, 5])):
        if lines:
            draw.choice(EDITS)(draw, lines)
    file.write_bytes("".join(lines).encode(errors="surrogateescape"))


def change_file(draw, folder, file):
    """Links of all kinds, modes, pipes."""
    name = folder / f"n{draw.randrange(9)}.yaml"
    if os.path.lexists(name):
        return
    match draw.randrange(6):
        case 0:
            name.symlink_to("../secret")
        case 1:
            name.symlink_to(file.name)
        case 2:
            name.symlink_to("..")
        case 3:
            os.mkfifo(name)
        case 4:
            file.chmod(draw.choice([0o600, 0o4755, 0o444]))
        case 5:
            file.rename(name)


def mutate(draw, source, folder):
    shutil.copytree(source, folder, symlinks=True)
    for _ in range(draw.choice([1, 1, 2, 3])):
        files = sorted(f for f in folder.rglob("*") if f.is_file() and not f.is_symlink())
        if not files:
            return
        file = draw.choice(files)
        if draw.random() < 0.1:
            change_file(draw, folder, file)
        else:
            change_text(draw, file)


class Broken(Exception):
    pass


def run(work, *words):
    run = subprocess.run([EVCAL, *words], cwd=work, stdin=subprocess.DEVNULL, capture_output=True, timeout=1200, check=False,
                         env=os.environ | {"XDG_CACHE_HOME": str(work / "cache"), "SOURCE_DATE_EPOCH": "1608195600"})
    said = (run.stdout + run.stderr).decode(errors="replace")
    if run.returncode not in (0, 1, 2, 3) or "Sanitizer" in said or "runtime error" in said:
        raise Broken(f"{words[0]} ends with status {run.returncode}: {said[-2000:]}")
    if SECRET in said:
        raise Broken(f"{words[0]} shows a file outside of the folder")
    return run.returncode, run.stdout


def look_at(draw, work):
    status, out = run(work, "validate", "--format=json")
    errors = None
    if status < 2:
        summary = json.loads(out)["summary"]
        errors = summary["errors"]
        if bool(errors) != bool(status):
            raise Broken(f"validate ends with status {status} and {errors} errors")
    status, _ = run(work, "export", "-o", "public")
    written = sorted((work / "public" / "events").glob("*.ics"))
    if status and written:
        raise Broken(f"export ends with status {status} and has written")
    for file in written:
        if b"BEGIN:VEVENT\r\n" not in file.read_bytes():
            raise Broken(f"{file.name} has no event")
    if not status and errors:
        raise Broken("export publishes what validate refuses")
    status, out = run(work, "list", f"--format={draw.choice(['json', 'csv', 'table', 'tsv'])}", "--all")
    ids = [file.stem for file in written] or ["a"]
    run(work, "invite", draw.choice(ids), "--to=Team <team@example.org>", "-o", "invites")


def try_one(seed, number, sources):
    draw = random.Random(f"{seed}-{number}")
    source = draw.choice(sources)
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        secret = work / "secret"
        secret.write_text(f"{SECRET}: [{SECRET}\n")
        mutate(draw, source / "events", work / "events")
        try:
            look_at(draw, work)
            if secret.read_text() != f"{SECRET}: [{SECRET}\n":
                raise Broken("a file outside of the folder was changed")
        except (Broken, ValueError, subprocess.TimeoutExpired) as broken:
            print(f"not ok {number} {source.name}", *(f"# {line}" for line in str(broken).splitlines()), sep="\n", flush=True)
            return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", default="1")
    parser.add_argument("number", type=int)
    options = parser.parse_args()
    sources = [f for kind in ("valid", "invalid") for f in sorted((TESTS / kind).iterdir()) if (f / "events").is_dir()]
    bad = sum(not try_one(options.seed, number, sources) for number in range(1, options.number + 1))
    if not bad:
        print(f"ok 1 {options.number} mutants")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
