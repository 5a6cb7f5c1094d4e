#!/usr/bin/env python3
"""evcal import of files that are broken at random: it ends with status 0 or 1, and what it prints is good, or a finding says
what is not.

imports.py [MUTANTS [SEED]]: 300 by default. The inputs are those of other tests.
"""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EVCAL = os.environ.get("EVCAL", str(ROOT / "build" / "evcal"))
CALENDAR = "name: Test\ndomain: example.org\ntimezone: Europe/Amsterdam\norganizer: {name: Test, email: test@example.org}\n"
PIECES = [b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\0", b"\xc2\x85", b"\xf0\x9f\x98\x80", b'"', b"'", b"\\n", b"99999999",
          b";RANGE=THISANDFUTURE", b";VALUE=PERIOD", b"-", b"{", b"%", b"\r", b";"]
PATIENCE = 600  # seconds after which it hangs


def change_bytes(draw, data):
    at = draw.randrange(len(data))
    return draw.choice([
        lambda: data[:at] + bytes([draw.randrange(256)]) + data[at + 1:],
        lambda: data[:at] + data[at + draw.randint(1, 40):],
        lambda: data[:at] + bytes(draw.randrange(32, 127) for _ in range(draw.randint(1, 10))) + data[at:],
        lambda: data[:at] + draw.choice(PIECES) + data[at:]])()


def change_lines(draw, data, others):
    lines = data.split(b"\n")
    at, to = draw.randrange(len(lines)), draw.randrange(len(lines) + 1)
    change = draw.randrange(3)
    if change == 0:
        del lines[at]
    else:
        lines.insert(to, lines[at] if change == 1 else draw.choice(draw.choice(others).split(b"\n")))
    return b"\n".join(lines)


def run(*arguments):
    return subprocess.run([EVCAL, *arguments, "--language=en"], capture_output=True, timeout=PATIENCE)


def look_at(work, file):
    """What is wrong with the import of a file, or nothing."""
    imported = run("import", "-C", work / "events", file)
    if imported.returncode not in (0, 1):
        return f"status {imported.returncode}: {imported.stderr[-300:]}"
    (work / "out" / "imported.yaml").write_bytes(imported.stdout)
    checked = run("validate", "-q", "-C", work / "out")
    said = b"will say of" in imported.stderr or b": error: " in imported.stderr
    if imported.stdout and checked.returncode and not (said and checked.returncode == 1):
        return f"it prints what is wrong: {checked.stdout[:300]}"
    return None


def main(arguments):
    count = int(arguments[0]) if arguments else 300
    draw = random.Random(int(arguments[1]) if len(arguments) > 1 else 1)
    folders = [ROOT / "tests" / "readers" / "import", *(ROOT / "tests" / "invalid" / name for name in
                                                        ("cannot-import", "not-imported", "guessed"))]
    files = sorted(file for folder in folders for file in folder.iterdir() if file.suffix in (".ics", ".csv", ".yaml"))
    wrong, others = [], [file.read_bytes() for file in files]
    with tempfile.TemporaryDirectory() as top:
        work = pathlib.Path(top)
        for folder in "events", "out":
            (work / folder).mkdir()
            (work / folder / "calendar.yaml").write_text(CALENDAR)
        for number in range(count):
            which = draw.randrange(len(files))
            data = others[which]
            for _ in range(draw.randint(1, 8)):
                if data:
                    data = change_bytes(draw, data) if draw.randrange(2) else change_lines(draw, data, others)
            mutant = work / f"mutant{files[which].suffix}"
            mutant.write_bytes(data)
            fault = look_at(work, mutant)
            if fault:
                wrong.append(f"{number}, of {files[which].name}: {fault}")
    print("ok 1" if not wrong else "not ok 1", f"{count} broken files are imported, or refused with a reason")
    for note in wrong[:10]:
        print("#", note)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
