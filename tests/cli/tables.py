"""The tables of commands and options, as they stand in the source: the program itself must not be asked what it has."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
_SOURCE = (ROOT / "src" / "cmd" / "options.c").read_text()
_HEADER = (ROOT / "src" / "cmd" / "options.h").read_text()
_ROW = re.compile(r"""^\t\{"([a-z-]+)",\s+(?:'(.)'|0),\s+([A-Z_|&~\s]+),\s+("[A-Z]+"|NULL),\s+([a-z_]+|NULL),""", re.M)


class Option:
    """One option of one command: its letter or "", whether a value follows, and the words that this may be."""

    def __init__(self, letter, takes_value, choices):
        self.letter, self.takes_value, self.choices = letter, takes_value, choices


def _read_choices():
    lists = re.findall(r"^static const char \*const (\w+)\[\] = \{(.*?)NULL\};", _SOURCE, re.M | re.S)
    return {"NULL": [], **{name: re.findall(r'"([^"]+)"', words) for name, words in lists}}


def _read_options(bits):
    # "FOR_ALL & ~FOR_HELP" says the same in Python, once the names have numbers.
    numbers = {bit: 1 << place for place, bit in enumerate(re.findall(r"(FOR_[A-Z]+) = 1 <<", _HEADER))}
    numbers["FOR_ALL"] = (1 << len(numbers)) - 1
    choices, found = _read_choices(), {command: {} for command in bits}
    rows = _ROW.findall(_SOURCE)
    assert len(rows) == len(re.findall(r'^\t\{"[a-z-]+", ', _SOURCE, re.M)), "a row of options.c is written otherwise"
    for name, letter, whose, argument, words in rows:
        for command, bit in bits.items():
            if eval(whose, {}, numbers) & numbers[bit]:
                found[command][name] = Option(letter, argument != "NULL", choices[words])
    return found


_BITS = dict(re.findall(r'\{"([a-z]+)", cmd_[a-z]+, (FOR_[A-Z]+),', (ROOT / "src" / "cmd" / "commands.c").read_text()))
commands = list(_BITS)
options = _read_options(_BITS)  # options[command][name] is an Option
common = {name for name in options["help"] if all(name in those for those in options.values())}
