"""The tables of commands, options and codes, as they stand in the source: the program itself must not be asked."""
import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent / "src"
_COMMAND = re.compile(r"^COMMAND\((\w+),", re.M)
_OPTION = re.compile(r"""^OPTION(?:_ALSO)?\(\w+, \w+, "([a-z-]+)", (?:0|'(.)'), ([^,]+),\s+(W\("[A-Z]+", "[A-Z]+"\)|NO_ARGUMENT),\s+\w+, (\w+),"""
                     r"""\s+W\("([^"]?)""", re.M)


class Option:
    """One option of one command: its letter or "", whether a value follows, and the words that this may be."""

    def __init__(self, letter, takes_value, choices):
        self.letter, self.takes_value, self.choices = letter, takes_value, choices


def _read_choices():
    """The words of each list, in whatever file of src/cmd."""
    lists = {"NULL": []}
    for file in (SOURCE / "cmd").glob("*.c"):
        text = file.read_text()
        for name, rows in re.findall(r"^(?:static )?const struct keyword (\w+)\[\] = \{(.*?)\};", text, re.M | re.S):
            macro = re.match(r"([A-Z]+)\(", rows)
            if macro:
                rows = re.search(rf"^#define {macro[1]}\(.*?[^\\]\n", text, re.M | re.S)[0]
            lists[name] = re.findall(r'(?:\{|FORMAT\()"([^"]*)"', rows)
    return lists


def _read_options():
    text, choices = (SOURCE / "cmd" / "options.def").read_text(), _read_choices()
    found = {command: {} for command in commands}
    rows = _OPTION.findall(text)
    assert len(rows) == len(re.findall(r"^OPTION", text, re.M)), "a row of options.def is written otherwise"
    for name, letter, whose, argument, words, doc in rows:
        for command in commands:
            # One without a doc is hidden.
            if doc and (whose == "FOR_ALL" or f"FOR({command})" in whose):
                found[command][name] = Option(letter, argument != "NO_ARGUMENT", choices[words])
    return found


commands = _COMMAND.findall((SOURCE / "cmd" / "commands.def").read_text())
options = _read_options()  # options[command][name] is an Option
common = {name for name in options["help"] if all(name in those for those in options.values())}
warnings = re.findall(r'^CODE\(\w+, "([a-z-]+)", WARNING,', (SOURCE / "report" / "catalogue.def").read_text(), re.M)
