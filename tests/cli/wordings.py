"""Every text that the program has in two languages, as it stands in the source: W("English", "Dutch"), LOCAL() of the
same, and NOUN(). Both are there, have the same places for words and values, and the Dutch has no English in it.
"""
import re
import sys

from tables import SOURCE
from tap import finish, result

TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(/\*.*?\*/)|([(),])|([A-Z_]+\b))', re.S)
PLACE = re.compile(r"\{[*=]?[1-9]\}|%[-0-9.*]*(?:zu|[sducX])\b")
# Words that make a sentence English. "is", "in", "of", "was" and "door" are words of both languages.
ENGLISH = set("""about after all also an and any are as at be before begins below but by can cannot comes did do does each
    ends every file for from give has have here how if it its line list made more must no nobody none not nothing off on
    one only or other out place read shows stands such takes than that the their them then there these they this those to
    too two under until up where which who why will with without write you your""".split()) - {"of", "none"}
# What a Dutch sentence may have of them: what is quoted, options, commands, files, and names in capitals.
NAMES = re.compile(r"""\\"(?:[^"\\]|\\[^"])*\\"|'[^']*'|--?[a-z-]+(?:=\S+)?|\bevcal [a-z]+\b|\S+\.\S+|\b[A-Z]{2,}\b""")
# "u" and "uw": the reader is "je".
FORMAL = re.compile(r"\b(?:u|uw)\b", re.I)


def arguments(text, at):
    """The arguments behind an opening bracket, each a text, or None where it is no literal; and what is behind."""
    found, now = [], ""
    while True:
        token = TOKEN.match(text, at)
        if not token:
            return None
        at = token.end()
        literal, _, mark, name = token.groups()
        if name:
            now = None
        elif literal is not None:
            now = now if now is None else now + literal
        elif mark == "(":
            return None
        elif mark:
            found.append(now)
            now = ""
            if mark == ")":
                return found


def texts():
    """(where, English, Dutch) of each."""
    for file in sorted(SOURCE.rglob("*.[chd]*")):
        if file.suffix not in (".c", ".h", ".def"):
            continue
        source = file.read_text()
        for call in re.finditer(r"(?<![\w#])(W|LOCAL|NOUN)\(", source):
            if source[:call.start()].endswith("#define "):
                continue
            found = arguments(source, call.end())
            if not found or None in found:
                continue
            where = f"{file.relative_to(SOURCE)}:{source.count(chr(10), 0, call.start()) + 1}"
            half = len(found) // 2
            for english, dutch in zip(found[:half], found[half:]):
                yield where, english, dutch


def english_in(dutch):
    """The English words of a Dutch text: not those in quotes, of examples, and of commands."""
    prose = "\n".join(line for line in dutch.replace("\\n", "\n").split("\n") if not line.startswith("  "))
    return sorted({word for word in re.findall(r"\w+", NAMES.sub(" ", prose).lower()) if word in ENGLISH})


def places(text):
    """What is filled in: of {1} each once, in any order; of %s each, in its order."""
    found = PLACE.findall(text)
    return sorted(set(found)) if any(place[0] == "{" for place in found) else found


count, lacking, other, same, english, formal = 0, [], [], [], [], []
for place, en, nl in texts():
    count += 1
    note = f"{place}: {en!r}, {nl!r}"
    if bool(en) != bool(nl):
        lacking.append(note)
    if places(en) != places(nl):
        other.append(note)
    if en == nl and len(re.findall(r"[a-z]{2,}", NAMES.sub(" ", en))) > 2:
        same.append(note)
    if english_in(nl):
        english.append(f"{note}: {', '.join(english_in(nl))}")
    if FORMAL.search(NAMES.sub(" ", nl)):
        formal.append(note)
result(count > 1000, f"{count} texts are in two languages")
result(not lacking, "none lacks one", *lacking)
result(not other, "the two have the same places", *other)
result(not same, "none is the same in both", *same)
result(not english, "no Dutch text has an English word", *english)
result(not formal, "every Dutch text says je", *formal)
sys.stdout.flush()
finish()
