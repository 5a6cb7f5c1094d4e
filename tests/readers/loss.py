"""Nothing that was typed is lost in silence (evcal(5)): loss.py [EVENTS].

First some texts with the value that each should have. Then events with random descriptions, summaries and locations, of
every script and every mark of Markdown, HTML and YAML: each letter and digit that was typed stands in the exported
property, in order, or a finding of that file says what does not. EVCAL_SEED draws others.
"""
import html.parser
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

import common

CALENDAR = """name: Getrokken
domain: example.org
timezone: Europe/Amsterdam
organizer: {name: Test, email: test@example.org}
"""
BATCH = 100
# Of every script a few letters and digits.
SCRIPTS = ["abcdefgzABCXYZ", "0123456789", "éèëïöüßÇñøœ", "αβγΔΩ", "бгджЯщ", "אבגש", "ابتثج", "नमस्ते०१", "ไทย๑", "日本語漢字",
           "かなカナ", "한국어", "ԱԲգ", "აბგ", "አማ", "ⅣⅫ½²", "👩‍👧😀"]
MARKS = ["*", "**", "_", "__", "`", "```", "~~~", "#", "## ", "> ", "- ", "+ ", "* ", "1. ", "2) ", "007. ", "[", "]", "](",
         "](https://example.org/", "](www.example.org/", ")", "![", "[a]: ", "[a]", "\"", "'", "(", "<", ">", "</", "<b>",
         "</b>", "<br>", "<p>", "<li>", "<td>", "<a href=\"https://example.org/", "\">", "</a>", "<naam>", "<!-- ", " -->",
         "<?php ", "?>", "<![CDATA[", "]]>", "&", ";", "&amp;", "&eacute;", "&#65;", "&#x42;", "&nbsp;", "\\", "|", "~", "=",
         "===", "---", "***", ":", ": ", ", ", "{", "}", "%", "@", "!", "https://example.org/", "www.example.org", "mailto:",
         "x@example.org", "#2", " #x", "•", "\t", "    ", "  ", "{url: x}"]
ENTITIES = {"amp", "eacute", "nbsp", "lt", "gt", "quot", "#65", "#x42"}

# What was typed under which key, the property that shows it, its value, and the codes of its findings.
CASES = [
    ("summary: Webinar Luisteren #3", "SUMMARY", None, ["comment-in-text"]),
    ("location: Zaal #3, Utrecht", "LOCATION", None, ["comment-in-text"]),
    ("categories: [Utrecht, #jong]", "CATEGORIES", None, ["comment-in-text"]),
    ("summary: \"Webinar #3\" # klaar", "SUMMARY", "Webinar #3", []),
    ("description: \"<p>Kom langs.</p>\"", "DESCRIPTION", "Kom langs.", ["html-in-text"]),
    ("description: Kom langs.<br>Neem iets mee", "DESCRIPTION", "Kom langs.\nNeem iets mee", ["html-in-text"]),
    ("description: zie <a href=\"https://example.org/x\">formulier</a>", "DESCRIPTION",
     "zie formulier (https://example.org/x)", ["html-in-text"]),
    ("description: Kom <!-- straks --> langs", "DESCRIPTION", "Kom  langs", ["html-in-text"]),
    ("description: Beste <naam>, 2*3*4", "DESCRIPTION", "Beste <naam>, 2*3*4", []),
    ("description: \"[via deze link](www.example.org/x)\"", "DESCRIPTION", None, ["bad-link"]),
    ("description: \"[bijlage](/docs/x.pdf) [leeg]()\"", "DESCRIPTION", None, ["bad-link", "bad-link"]),
    ("description: |\n      14:00 Inloop\n      14:30 Opening", "DESCRIPTION", "14:00 Inloop\n14:30 Opening", []),
    ("description: |\n      • een\n      • twee", "DESCRIPTION", "• een\n• twee", []),
    ("description: |\n      14:00\tInloop\n      14:30\tOpening", "DESCRIPTION", "14:00\tInloop\n14:30\tOpening", []),
    ("description: >\n      een\n      alinea", "DESCRIPTION", "een alinea", []),
    ("description: \"[aanmelden](https://example.org/aanmelden)\"", "DESCRIPTION",
     "aanmelden (https://example.org/aanmelden)", []),
    ("description: \"[https://bank.example](https://elsewhere.example/?https://bank.example)\"", "DESCRIPTION",
     "https://bank.example (https://elsewhere.example/?https://bank.example)", []),
    ("description: zie<https://example.org>nu", "DESCRIPTION", "zie https://example.org nu", []),
    ("description: |\n      3) a\n      3) b", "DESCRIPTION", "3) a\n3) b", []),
    ("description: |\n      ```python\n      1\n      ```", "DESCRIPTION", "python\n1", []),
    ("description: |\n      [NB]: gratis\n\n      Kom", "DESCRIPTION", "[NB]: gratis\n\nKom", []),
    ("description: |\n      <?php echo 1 ?>", "DESCRIPTION", "<?php echo 1 ?>", []),
    ("url: https://example.org/x\n    description: Zie https://example.org/x.", "DESCRIPTION",
     "Zie https://example.org/x.", []),
    ("url: https://example.org\n    description: Zie https://example.org/x", "DESCRIPTION",
     "Zie https://example.org/x\n\nMore information: https://example.org", []),
    ("categories: [Workshop\u00a0]", "CATEGORIES", None, ["invisible-character"]),
    ("summary: Kof\u202efie", "SUMMARY", None, ["invisible-character"]),
    ("summary: 👩\u200d👩\u200d👧 en नमस्ते", "SUMMARY", "👩\u200d👩\u200d👧 en नमस्ते", []),
    ("location: \"[Zoom](https://example.org/x)\"", "LOCATION", "[Zoom](https://example.org/x)", ["markdown-in-text"]),
]


def unescaped(value):
    """The text of a property (RFC 5545, 3.3.11)."""
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def properties(file):
    """The texts of a file's only event."""
    lines = file.read_bytes().decode().replace("\r\n ", "").split("\r\n")
    lines = lines[lines.index("BEGIN:VEVENT"):]
    return {line.split(":")[0].split(";")[0]: unescaped(line[line.index(":", line.find("text/html") + 1) + 1:])
            for line in lines if ":" in line}


def letters(text):
    return [c for c in text if unicodedata.category(c)[0] in "LN"]


def missing(typed, shown):
    """The first letter or digit that is not there, in order, with what was typed from it on; or nothing."""
    rest = iter(letters(shown))
    for at, letter in enumerate(typed):
        if letter not in rest:
            return "".join(typed[at:at + 40])
    return ""


def without_entities(text):
    """What was typed but for the entities that are drawn: in code they stand as they are, elsewhere they are read."""
    return re.sub(r"&(#?\w+);", lambda match: " " if match[1] in ENTITIES else match[0], text)


class Shown(html.parser.HTMLParser):
    """What HTML shows: its text, the numbers of lists, and the address and title of a link behind its text."""

    def __init__(self):
        super().__init__()
        self.text, self.link, self.lists = "", "", []

    def handle_data(self, data):
        self.text += data

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a":
            self.link = f" ({attrs.get('href', '')} {attrs.get('title', '')})"
        # What stands in another block is another word.
        self.text += "" if tag in ("a", "em", "strong", "code", "u") else " "
        if tag in ("ol", "ul"):
            self.lists.append(0 if tag == "ol" else None)
        if tag == "li" and self.lists[-1] is not None:
            self.lists[-1] = int(attrs.get("value", self.lists[-1] + 1))
            self.text += f"{self.lists[-1]}. "

    def handle_endtag(self, tag):
        if tag == "a":
            self.text, self.link = self.text + self.link, ""
        if tag in ("ol", "ul"):
            self.lists.pop()


class Draw:
    """Draws texts, and writes each in one of the ways of YAML."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self):
        script = self.random.choice(SCRIPTS[:2] * 3 + SCRIPTS)
        return "".join(self.random.choice(script) for _ in range(self.random.randint(1, 6)))

    def text(self, most, breaks):
        pieces = []
        for _ in range(self.random.randint(1, most)):
            kind = self.random.random()
            pieces.append(self.word() if kind < 0.45 else " " if kind < 0.65 else
                          self.random.choice(breaks) if kind < 0.75 and breaks else self.random.choice(MARKS))
        return "".join(pieces).strip()

    def written(self, key, text):
        """The key's lines, and what was typed there."""
        text = text or self.word()
        style = self.random.choice(["double", "plain", "single", "literal"])
        one_line = "\n" not in text
        # "# " is a comment, as everybody knows.
        if style == "plain" and one_line and not re.search(r"#(\s|$)", text):
            return f"{key}: {text}"
        if style == "single" and one_line and "\t" not in text:
            return f"{key}: '{text.replace(chr(39), chr(39) * 2)}'"
        if style == "literal" and key == "description" and not text[0].isspace():
            return f"{key}: |2\n" + "\n".join(f"      {line}" for line in text.split("\n"))
        return f"{key}: {json.dumps(text, ensure_ascii=self.random.random() < 0.2)}"


def run(folder, *arguments):
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1608195600")
    return subprocess.run([common.EVCAL, *arguments], cwd=folder, env=environment, capture_output=True, text=True,
                          check=False)


def write(folder, files):
    (folder / "events").mkdir()
    (folder / "events" / "calendar.yaml").write_text(CALENDAR)
    for name, text in files.items():
        (folder / "events" / f"{name}.yaml").write_text(text)


def published(files):
    """The properties of each file's event, of files without errors; and each file's findings."""
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        write(work, files)
        report = json.loads(run(work, "validate", "--format=json").stdout)
        found, wrong = {name: [] for name in files}, set()
        for finding in report["findings"]:
            name = pathlib.Path(finding["file"]).stem
            found[name].append(finding)
            if finding["severity"] == "error":
                wrong.add(name)
        for name in wrong:
            (work / "events" / f"{name}.yaml").unlink()
        done = run(work, "export", "-q")
        assert done.returncode == 0, done.stderr
        shown = {name: properties(work / "public" / "events" / f"{name}.ics") for name in files if name not in wrong}
    return shown, found


def event(name, lines):
    keys = {line.split(":")[0] for line in lines}
    lines = lines + [line for line in (f"summary: Titel {name}", "start: 2027-03-09") if line.split(":")[0] not in keys]
    return f"events:\n  - id: {name}\n" + "".join(f"    {line}\n" for line in lines)


def look_at_cases():
    files = {f"c{at}": event(f"c{at}", [case[0]]) for at, case in enumerate(CASES)}
    shown, found = published(files)
    for at, (typed, key, value, wanted) in enumerate(CASES):
        name = f"c{at}"
        codes = [finding["code"] for finding in found[name]]
        good = codes == wanted and (value is None or shown.get(name, {}).get(key) == value)
        common.result(good, typed.replace("\n", " / "), codes, repr(shown.get(name, {}).get(key)))


def is_found(key, file, findings):
    """Whether a finding speaks of a key of a file's event, or of the file as YAML."""
    lines = file.split("\n")
    starts = [at for at, line in enumerate(lines, 1) if re.match(r"    [a-z]+:", line)]
    first = next(at for at in starts if lines[at - 1].startswith(f"    {key}:"))
    last = min([at for at in starts if at > first], default=len(lines)) - 1
    return any(first <= finding["line"] <= last or finding["code"] in ("yaml-syntax", "unknown-key") for finding in findings)


def look_at(name, typed, file, shown, findings, tally):
    """What of each key is neither published nor found."""
    wrong = []
    for key, text in typed.items():
        found = is_found(key, file, findings)
        tally["found"] += found
        if not shown and not findings:
            wrong.append(f"{name} is not published, and nothing says why")
        for prop in ("DESCRIPTION", "X-ALT-DESC") if key == "description" else (key.upper(),):
            if found or prop not in shown:
                continue
            value, wanted = shown[prop], without_entities(text) if key == "description" else text
            if prop == "X-ALT-DESC":
                parser = Shown()
                parser.feed(value)
                parser.close()
                # HTML counts items by numbers.
                value, wanted = (re.sub(r"\b0+(?=\d)", "", each) for each in (parser.text, wanted))
            lost = missing(letters(wanted), value)
            tally["compared"] += 1
            if lost:
                wrong.append(f"{name}: {prop} lacks {lost!r} of {text!r}: {value!r}")
    return wrong


def main(arguments):
    count = int(arguments[0]) if arguments else 2000
    seed = int(os.environ.get("EVCAL_SEED", "1"))
    print(f"# {count} events, seed {seed}")
    look_at_cases()
    draw, tally, wrong = Draw(seed), {"compared": 0, "found": 0}, []
    for begin in range(0, count, BATCH):
        files, typed = {}, {}
        for at in range(begin, min(begin + BATCH, count)):
            name = f"e{at}"
            typed[name] = {"summary": draw.text(6, []) or "x", "location": draw.text(6, []) or "x",
                           "description": draw.text(30, ["\n", "\n", "\n\n"]) or "x"}
            files[name] = event(name, [draw.written(*item) for item in typed[name].items()] + ["html: true"])
        shown, found = published(files)
        for name, file in files.items():
            wrong += look_at(name, typed[name], file, shown.get(name, {}), found[name], tally)
    common.result(not wrong, "all that was typed is published, or found", *wrong[:20])
    common.result(tally["compared"] > count and tally["found"] > count / 10, "many are compared, and many are found")
    print(f"# {3 * count} texts: {tally['found']} with a finding; {tally['compared']} properties compared")
    sys.exit(common.failed)


if __name__ == "__main__":
    main(sys.argv[1:])
