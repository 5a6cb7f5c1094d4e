"""One slip in a valid file is one finding, at its line, and everything else is read: slips.py [FILES].

Events files are drawn in many layouts, and each gets one slip of the hand of a kind that YAML answers with something else
than what was meant, or not at all. EVCAL_SEED draws others.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import tap

CALENDAR = """name: Getrokken
domain: example.org
timezone: Europe/Amsterdam
organizer: {name: Test, email: test@example.org}
types:
  workshop: {name: Workshop, duration: 2h}
"""
WORDS = ["samen", "eten", "koken", "de", "buurt", "Utrecht", "wandelen", "praten", "thuis", "één", "café", "week", "10%"]
SIGNS = ["–", "—", "•", "*", "·", "−"]


class File:
    """An events file, line by line. A line is a list of what it is, its indent and its text."""

    def __init__(self, draw, number):
        self.draw = draw
        self.number = number
        self.lines = []
        self.ids = []
        self.list_indent = draw.choice([0, 2, 2, 2, 4])
        self.step = draw.choice([2, 2, 2, 4])
        self.make()

    def words(self, most):
        return " ".join(self.draw.choice(WORDS) for _ in range(self.draw.randint(1, most)))

    def add(self, kind, indent, text):
        self.lines.append([kind, indent, text])

    def make(self):
        if self.draw.random() < 0.3:
            self.add("comment", 0, "# " + self.words(3))
        if self.draw.random() < 0.3:
            self.add("top", 0, "defaults:")
            self.add("inner", self.step, "reminder: 1d")
        self.add("top", 0, "events:")
        for number in range(self.draw.randint(3, 6)):
            self.event(number)
        if self.draw.random() < 0.5:
            self.add("blank", 0, "")

    def event(self, number):
        name = f"f{self.number}-e{number}"
        self.ids.append(name)
        if self.draw.random() < 0.2:
            self.braces(name)
            return
        day = f"2027-0{self.draw.randint(1, 9)}-{self.draw.randint(10, 28)}"
        keys = [f"summary: {self.words(4)} {name}", f"start: {day} 14:00", "end: 16:00"]
        if self.draw.random() < 0.3:
            keys = [f"summary: \"{self.words(4)} {name}\"", "type: workshop", f"start: {day} 14:00"]
        first = "id: " + name
        self.add("event", self.list_indent, "- " + first)
        indent = self.list_indent + 2
        optional = [self.block, self.nested, self.texts, self.plain, self.aside]
        self.draw.shuffle(optional)
        for key in keys:
            self.add("key", indent, key)
        for part in optional[:self.draw.randint(0, 5)]:
            part(indent)

    def braces(self, name):
        self.add("braces", self.list_indent, f"- {{id: {name}, summary: {self.words(3)} {name}, start: 2027-05-{self.draw.randint(10, 28)}, "
                 f"location: {self.words(2)}}}")

    def block(self, indent):
        self.add("key", indent, self.draw.choice(["description: |", "description: >", "description: |-"]))
        for _ in range(self.draw.randint(1, 4)):
            self.add("text", indent + self.step, self.draw.choice(["", "- ", "* ", "• ", "Let op: ", "– "]) + self.words(6))
            if self.draw.random() < 0.2:
                self.add("blank", 0, "")
        self.lines.append(["text", indent + self.step, self.words(3)])

    def nested(self, indent):
        self.add("key", indent, "conference:")
        self.add("inner", indent + self.step, "url: https://example.org/online/" + self.ids[-1])
        self.add("inner", indent + self.step, "label: " + self.words(2))

    def texts(self, indent):
        self.add("key", indent, "categories:")
        deeper = self.draw.choice([0, self.step])
        for word in self.draw.sample(["leren", "doen", "lezen", "spelen"], self.draw.randint(1, 3)):
            self.add("item", indent + deeper, "- " + word)

    def plain(self, indent):
        self.add("key", indent, "location: " + self.words(3))

    def aside(self, indent):
        self.add(*self.draw.choice([("comment", indent, "# " + self.words(3)), ("blank", 0, "")]))

    def text(self):
        return "".join(" " * indent + text + "\n" if text else "\n" for _, indent, text in self.lines)

    def pick(self, *kinds, behind=0):
        """The number of a line of a kind, or None."""
        numbers = [i for i, line in enumerate(self.lines) if line[0] in kinds and i > behind]
        return self.draw.choice(numbers) if numbers else None


def tab_indents(file):
    """One line is indented by tabs."""
    at = file.pick("event", "key", "inner", "item", "braces", "text")
    if at is None or not file.lines[at][1]:
        return None
    indent = file.lines[at][1]
    width = file.draw.choice([width for width in (8, 4, 2) if indent % width == 0])
    file.lines[at][2] = "\t" * (indent // width) + file.lines[at][2]
    file.lines[at][1] = 0
    return at


def tabs_indent(file):
    """All lines are."""
    width = file.draw.choice([2, 4])
    if any(indent % width for _, indent, _ in file.lines):
        return None
    first = None
    for i, line in enumerate(file.lines):
        if line[1] and line[2]:
            line[2] = "\t" * (line[1] // width) + line[2]
            line[1] = 0
            first = i if first is None else first
    return first


def tab_behind_dash(file):
    at = file.pick("event", "item", "braces")
    file.lines[at][2] = "-\t" + file.lines[at][2][2:]
    return at


def tab_behind_key(file):
    at = file.pick("key")
    if at is None or ": " not in file.lines[at][2] or file.lines[at][2].startswith("description"):
        return None
    file.lines[at][2] = file.lines[at][2].replace(": ", ":" + file.draw.choice(["\t", "\t\t", " \t"]), 1)
    return at


def sign(file):
    at = file.pick("event", "item", "braces")
    file.lines[at][2] = file.draw.choice(SIGNS) + file.lines[at][2][1:]
    return at


def signs(file):
    """All dashes are another sign."""
    first = None
    used = file.draw.choice(SIGNS)
    for i, line in enumerate(file.lines):
        if line[0] in ("event", "item", "braces"):
            line[2] = used + line[2][1:]
            first = i if first is None else first
    return first


def fence(file):
    file.lines.insert(0, ["fence", 0, file.draw.choice(["```yaml", "```", "~~~", "```yml"])])
    file.lines.append(["fence", 0, "```"])
    return 0


def fence_behind(file):
    file.lines.append(["fence", 0, "```"])
    return len(file.lines) - 1


def no_dash(file):
    """The "- " in front of an event is forgotten."""
    at = file.pick("event", behind=next(i for i, line in enumerate(file.lines) if line[0] in ("event", "braces")))
    if at is None:
        return None
    before = max(i for i, line in enumerate(file.lines[:at]) if line[0] in ("event", "braces"))
    if file.lines[before][0] == "braces":
        return None
    text = file.lines[at][2][2:]
    file.lines[at][2] = text
    file.lines[at][1] += file.draw.choice([0, 2])
    return at


def no_blank_behind_dash(file):
    at = file.pick("event")
    if at is None:
        return None
    file.lines[at][2] = "-" + file.lines[at][2][2:]
    return at


def no_blank_behind_colon(file):
    at = file.pick("key")
    if at is None or not file.lines[at][2].startswith(("summary: ", "start: ", "location: ", "type: ")):
        return None
    file.lines[at][2] = file.lines[at][2].replace(": ", ":", 1)
    return at


def moved(file):
    """A key or an event stands a column or two aside."""
    at = file.pick("event", "key", "inner")
    if at is None:
        return None
    by = file.draw.choice([-1, 1, -1, 1, 2, -2])
    line = file.lines[at]
    above = [other for other in file.lines[:at] if other[0] in ("top", "event", "key", "inner", "item")][-1]
    same = [other for i, other in enumerate(file.lines) if i != at and other[0] == line[0] and other[1] == line[1]]
    # Where nothing tells where it belongs, it is no slip; nor where it belongs just as well.
    if line[1] + by < 0 or not same or above[2].endswith(":") or line[2].endswith((":", "|", ">", "|-")):
        return None
    if at + 1 < len(file.lines) and file.lines[at + 1][0] in ("text", "inner") and line[0] != "inner":
        return None
    columns = {other[1] for other in file.lines} | {other[1] + 2 for other in file.lines if other[0] == "event"}
    if line[1] + by in columns or (above[0] == "item" and by > 0):
        return None
    line[1] += by
    return at


def quotes(file):
    at = file.pick("key")
    if at is None or not file.lines[at][2].startswith("location: "):
        return None
    file.lines[at][2] = "location: " + file.draw.choice([
        "Zaal: boven", "\"Zaal\" boven", "@huis", "%huis", "`huis boven", "&huis boven", "!huis boven", "*huis boven", "'t Huis",
        "\"C:\\data\"", "'s-Gravenhage, zaal 2", "[boven] zaal", "{boven} zaal", "- boven", "? boven", "\"boven"])
    return at


def bracket(file):
    at = file.pick("key")
    if at is None or not file.lines[at][2].startswith("location: "):
        return None
    categories = any(line[2] == "categories:" for line in file.lines)
    file.lines[at][2] = file.draw.choice(["contact: [balie", "contact: {balie"] if categories else ["categories: [leren, doen"])
    return at


def in_braces(file):
    """One or two texts within braces need quotes."""
    at = file.pick("braces")
    if at is None:
        return None
    text = file.lines[at][2]
    begin, end = text.index("location: "), len(text) - 1
    name = text[text.index("id: ") + len("id: "):text.index(",")]
    file.lines[at][2] = text[:begin] + file.draw.choice([
        "location: Zaal: boven", "location: \"Zaal\" boven", "location: @huis", "location: [boven] zaal",
        "location: \"C:\\data\"", f"conference: {{url: https://example.org/{name}, label: A: b}}"]) + text[end:]
    return at


def in_braces_twice(file):
    at = in_braces(file)
    if at is None:
        return None
    file.lines[at][2] = file.lines[at][2][:-1] + file.draw.choice([
        ", contact: C: d}", ", contact: @balie, color: red}"])
    return at, 2


def merge_key(file):
    at = file.pick("event", "braces")
    if at is None or file.lines[at][0] == "braces":
        return None
    file.lines.insert(0, ["top", 0, "basis: &basis {location: thuis}"])
    file.lines.insert(at + 2, ["key", file.list_indent + 2, "<<: *basis"])
    return at + 2 if not any(line[2].startswith("location") for line in file.lines[at + 3:at + 12]) else None


def conflict(file):
    at = file.pick("key")
    if at is None:
        return None
    file.lines.insert(at, ["mark", 0, "<<<<<<< HEAD"])
    file.lines.insert(at + 2, ["mark", 0, "======="])
    file.lines.insert(at + 3, ["key", file.lines[at + 1][1], file.lines[at + 1][2]])
    file.lines.insert(at + 4, ["mark", 0, ">>>>>>> andere"])
    file.ids = []
    return at


SLIPS = [tab_indents, tabs_indent, tab_behind_dash, tab_behind_key, sign, signs, fence, fence_behind, no_dash,
         no_blank_behind_dash, no_blank_behind_colon, moved, quotes, bracket, in_braces, in_braces_twice, merge_key, conflict]


def draw_file(draw, number, slip):
    """A file with a slip, what it was before, and the slip's line (from 0) and findings."""
    while True:
        file = File(draw, number)
        whole = file.text()
        at = slip(file)
        if at is not None:
            return file, whole, at if isinstance(at, tuple) else (at, 1)


def run(*arguments):
    return subprocess.run([os.environ["EVCAL"], *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)


def findings_in(folder):
    """The findings by their file, and the ids that were read."""
    found = {}
    for path in sorted(pathlib.Path(folder).glob("*.yaml")):
        found[path.name] = []
    report = json.loads(run("validate", "-C", folder, "--format=json").stdout)
    for finding in report["findings"]:
        found[os.path.basename(finding["file"])].append(finding)
    return found, set(run("list", "-C", folder, "--format=id", "--from=2000-01-01").stdout.decode().split())


def test(slip, count, seed):
    """Files with a slip of a kind, in one calendar."""
    draw = random.Random(f"{seed} {slip.__name__}")
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
        files = {}
        for number in range(count):
            file, whole, at = draw_file(draw, number, slip)
            pathlib.Path(folder, f"{number}.yaml").write_text(whole, encoding="utf-8")
            files[f"{number}.yaml"] = file, at
        found, ids = findings_in(folder)
        clean = [finding for finding in sum(found.values(), []) if finding["severity"] == "error"]
        tap.result(not clean, f"{slip.__name__}: the files are valid without it", clean[:2])
        expected = {number: whole_count(found[number]) for number in found}
        for name, (file, at) in files.items():
            pathlib.Path(folder, name).write_text(file.text(), encoding="utf-8")
        found, ids = findings_in(folder)
        bad = []
        for name, (file, (at, slips)) in files.items():
            new = [finding for finding in found[name] if finding["code"] not in ("likely-duplicate", "html-in-text", "wrapped-text")]
            missing = set(file.ids) - ids
            if len(new) - expected[name] != slips or new[0]["line"] != at + 1 or missing:
                said = [f"{finding['line']}: {finding['message']}; {finding['help']}" for finding in new]
                bad.append(f"{name}: line {at + 1} {missing or ''}\n{file.text()}{said}")
        tap.result(not bad, f"{slip.__name__}: one finding at its line in each of {count} files, and all events are read",
                   f"{len(bad)} bad", *bad[:int(os.environ.get('SHOW', 2))])


def whole_count(findings):
    return sum(finding["code"] not in ("likely-duplicate", "html-in-text", "wrapped-text") for finding in findings)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = os.environ.get("EVCAL_SEED", "slips")
    only = os.environ.get("TEST", "")
    chosen = [slip for slip in SLIPS if only in slip.__name__] or SLIPS
    for slip in chosen:
        test(slip, count, seed)
    print(f"1..{2 * len(chosen)}")
    tap.finish()


main()
