"""Every text that the program has in two languages, as it stands in the source: W("English", "Dutch"), LOCAL() of the
same, and NOUN(). Both are there, have the same places for words and values, and the Dutch has no English in it. And no
text for people stands outside of them.
"""
import re

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
CALL = re.compile(r"(?<![\w#])(?<!#define )(?:W|LOCAL|NOUN|SAY)\(")
# What is in English, or both languages, without being a text that people are answered with: what shells and manual pages
# read, the sentences of libyaml, the words of the calendar's language and of HTML, and what people write for a key or a time.
OTHERWISE = {"cmd/completion.c", "cmd/man.c", "input/syntax.c", "text/words.c", "text/entities.c", "decode/keys.c",
             "time/read_duration.c", "time/read_moment.c", "publish/manifest.c"}
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


def files():
    """(name, text without comments) of each file of the source."""
    for file in sorted(SOURCE.rglob("*")):
        if file.suffix in (".c", ".h", ".def"):
            blank = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), file.read_text(), flags=re.S)
            yield str(file.relative_to(SOURCE)), blank


def texts():
    """(where, English, Dutch) of each."""
    for file, source in files():
        for call in CALL.finditer(source):
            found = arguments(source, call.end())
            # SAY() has the language in front.
            if found and call[0].startswith("SAY"):
                found = found[1:]
            if not found or None in found:
                continue
            where = f"{file}:{source.count(chr(10), 0, call.start()) + 1}"
            half = len(found) // 2
            for english, dutch in zip(found[:half], found[half:]):
                yield where, english, dutch


def behind(source, at):
    """What is behind the bracket that closes the one in front of at."""
    depth = 1
    for token in re.compile(r'"(?:[^"\\]|\\.)*"|[()]', re.S).finditer(source, at):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if not depth:
            return token.end()
    return len(source)


def in_english_alone():
    """Literals with English sentences, or parts of such, that are in no pair; those of tables are YAML and commands."""
    for file, source in files():
        if file in OTHERWISE or file.endswith(".def"):
            continue
        for call in reversed(list(CALL.finditer(source))):
            end = behind(source, call.end())
            source = source[:call.start()] + "\n" * source.count("\n", call.start(), end) + source[end:]
        for number, line in enumerate(source.split("\n"), 1):
            for text in re.findall(r'"((?:[^"\\]|\\.)*)"', line.replace("'\"'", "")):
                words = " ".join(re.findall(r"(?<![\w=-])[a-z]{2,}(?: [a-z]{2,})+(?![\w:=-])", text)).split()
                if ENGLISH & set(words):
                    yield f"{file}:{number}: {text}"


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
alone = list(in_english_alone())
result(not alone, "no text for people is in English alone", *alone)
finish()
