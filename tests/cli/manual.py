"""The help and the manual pages against the program: every command, option, key and code is in both, and nothing else;
they fit the terminal; and mandoc finds nothing to say.
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import struct
import subprocess
import termios

import tables
from tables import commands
from tap import finish, result

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EVCAL = os.environ.get("EVCAL", str(ROOT / "build" / "evcal"))


def evcal(*arguments):
    return subprocess.run([EVCAL, "--language=en", *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def on_terminal(width, *arguments):
    """What a terminal of that width is shown, line by line."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    child = subprocess.Popen([EVCAL, "--language=en", *arguments], stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    child.wait()
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n").split("\n")


def section(text, heading):
    found = re.search(rf"^{heading}:\n(.*?)(?=^\S|\Z)", text, re.M | re.S)
    return found.group(1) if found else ""


options = {command: {name: option.letter for name, option in those.items()} for command, those in tables.options.items()}
result(len(commands) > 3 and all("help" in one for one in options.values()), "the tables can be read", commands)

overview = evcal("help").stdout
result(set(re.findall(r"^  ([a-z]+)", section(overview, "Commands"), re.M)) == set(commands), "help has every command",
       overview)
page = evcal("help", "--man=1").stdout
result(set(re.findall(r"^\.Ss ([a-z]+)$", page, re.M)) == set(commands), "evcal(1) has every command")
result(set(re.findall(r"^\.Nm\n\.Cm ([a-z]+)$", page, re.M)) == set(commands), "the synopsis has every command")
item = re.compile(r"^\.It(?: Fl (.)(?: Ar [A-Z]+)? ,)? Fl \\-([a-z-]+)", re.M)
common = {name: letter for letter, name in item.findall(page.split(".Sh COMMANDS")[0])}
for command in commands:
    text = evcal("help", command).stdout
    shown = {name: letter for letter, name in
             re.findall(r"^  (?:-(.), |    )--([a-z-]+)", section(text, "Options"), re.M)}
    result(shown == options[command], f"help {command} has its options, and no others", shown, options[command])
    result(evcal(command, "--help").stdout == text, f"{command} --help is help {command}")
    result("\nExamples:\n  evcal " in text, f"help {command} has examples", "give it a chapter in src/cmd/commands.def")
    part = re.search(rf"^\.Ss {command}\n(.*?)^\.S[hs] ", page, re.M | re.S).group(1)
    shown = {**common, **{name: letter for letter, name in item.findall(part)}}
    result(shown == options[command], f"evcal(1) has the options of {command}, and no others", shown)
    for name, letter in options[command].items():
        takes = re.search(rf"--{name}=", text)
        for words in [[f"--{name}"] + ["x"] * bool(takes)] + [[f"-{letter}"] + ["x"] * bool(takes)] * bool(letter):
            answer = evcal(command, *words, "--help").stdout
            result("unknown option" not in answer, f"{command} takes {words[0]}", answer)
    for line in re.findall(r"^  (evcal .*)$", text, re.M):
        used = set(re.findall(r" --([a-z-]+)", line)) - set(options[command])
        result(not used, f"the example \"{line}\" has options that there are", used)
readme = (ROOT / "README.md").read_text()
for name in commands:
    result(re.search(rf"`[^`\n]*{name}\b", readme), f"the README has {name}")

# Keys and codes.
page = evcal("help", "--man=5").stdout
keys = set()
for which in "events", "calendar":
    schema = json.loads(evcal("schema", which).stdout)
    for mapping in (schema, *schema["$defs"].values()):
        keys |= set(mapping.get("properties", ()))
result(set(re.findall(r"^\.It Ic ([a-z-]+)", page, re.M)) == keys, "evcal(5) has every key, and no others",
       set(re.findall(r"^\.It Ic ([a-z-]+)", page, re.M)) ^ keys)
codes = {line.split(" ")[0] for line in evcal("help", "rules").stdout.split("\n") if line and line[0] != " "}
result(set(re.findall(r"^\.It Sy ([a-z-]+)", page, re.M)) == codes, "evcal(5) has every code, and no others")

# The width of the terminal; examples stand as they are.
for topic in [(), ("rules",), *[(command,) for command in commands], *[(code,) for code in sorted(codes)]]:
    as_is = re.compile(r"  " if topic and topic[0] in codes else r"    |  evcal |Usage:")
    for width, most in (50, 50), (72, 72), (300, 100):
        long = [line for line in on_terminal(width, "help", *topic) if len(line) > most and not as_is.match(line)]
        result(not long, f"help {' '.join(topic)} fits {width} columns", *long)
    long = [line for line in evcal("help", *topic).stdout.split("\n") if len(line) > 80]
    result(not long, f"help {' '.join(topic)} has 80 columns where there is no terminal", *long)
result(any(len(line) > 90 for line in on_terminal(300, "help", "export")), "a wide terminal is made use of")

# The pages. Cross-references are looked for in the system's own pages, where ours need not be yet.
for name in "evcal.1", "evcal.5", "evcal-publish.7":
    title, which = name.split(".")
    text = evcal("help", f"--man={which}").stdout
    found = subprocess.run(["mandoc", "-Tlint"], input=text, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = [line for line in found.stdout.splitlines() if "referenced manual not found: Xr evcal" not in line]
    result(not said, f"mandoc -Tlint says nothing of {title}({which})", *said)
    shown = subprocess.run(["mandoc", "-Tascii"], input=text, text=True, stdout=subprocess.PIPE).stdout
    result(shown.startswith(f"{title.upper()}({which})"), f"{title}({which}) can be shown")

# Words that are none.
for words, near in [(("help", "exprot"), "export"), (("help", "bad-dat"), "bad-date"), (("help", "rule"), "rules"),
                    (("schema", "event"), "events"), (("schema", "calender"), "calendar")]:
    answer = evcal(*words)
    result(answer.returncode == 2 and f'did you mean "{near}"?' in answer.stdout, " ".join(words), answer.stdout)
for words in [("help", "--man=1", "rules"), ("help", "--man=3"), ("schema",), ("schema", "events", "calendar")]:
    result(evcal(*words).returncode == 2, f"{' '.join(words)} is status 2")

# What the events name in their first line.
folder = ROOT / "events"
for which in "events", "calendar":
    result((folder / ".schema" / f"{which}.json").read_text() == evcal("schema", which, "--language=nl").stdout,
           f"events/.schema/{which}.json is what evcal schema prints", "run make schema")
for file in sorted(folder.rglob("*.y*ml")):
    if file.name == "revisions.yaml" or any(part.startswith(".") for part in file.relative_to(folder).parts):
        continue
    which = "calendar" if file == folder / "calendar.yaml" else "events"
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text())
    result(named and (file.parent / named.group(1)).resolve() == folder / ".schema" / f"{which}.json",
           f"{file.relative_to(ROOT)} names its schema in its first line")
finish()
