"""Results as TAP, for the tests of this folder."""
import sys

_number = 0
_failed = False


def result(good, name, *notes):
    """Prints one TAP line, and the notes where it is not good."""
    global _number, _failed
    _number += 1
    print(("ok" if good else "not ok"), _number, name)
    if not good:
        _failed = True
        for note in notes:
            print("#", str(note).replace("\n", "\n# "))


def finish():
    """Ends the program, with status 1 where something failed."""
    sys.exit(_failed)
