"""What the tests of this folder share: exporting calendars, and results as TAP."""
import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EVCAL = os.environ.get("EVCAL", str(ROOT / "build" / "evcal"))
_number = 0
failed = False


def result(good, name, *notes):
    """Prints one TAP line, and the notes where it is not good."""
    global _number, failed
    _number += 1
    print(("ok" if good else "not ok"), _number, name)
    if not good:
        failed = True
        for note in notes:
            print("#", note)


def calendars():
    """Every calendar directory whose files are read back."""
    return [ROOT / "events", *sorted((ROOT / "tests" / "valid").glob("*/events"))]


def export(directory, *arguments):
    """Exports a copy of a calendar directory to a folder of its own, and returns the folder."""
    out = tempfile.mkdtemp(prefix="evcal-readers-")
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1608195600")
    with tempfile.TemporaryDirectory(prefix="evcal-readers-") as copy:
        shutil.copytree(directory, f"{copy}/events")
        subprocess.run([EVCAL, "export", "-q", "-C", f"{copy}/events", "-o", out, *arguments], check=True,
                       env=environment, stderr=subprocess.DEVNULL)
    return pathlib.Path(out)


def instructions(*command):
    """How many a command executes; 0 where they cannot be counted (instructions.sh)."""
    ran = subprocess.run([HERE.parent / "instructions.sh", *command], text=True, stdout=subprocess.PIPE, check=True)
    return int(ran.stdout or 0)
