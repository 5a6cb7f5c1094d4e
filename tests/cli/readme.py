"""Runs the examples of the README, the manual pages and the guides, those of each in an empty folder and in their order,
and compares what is printed with what they show.

In Markdown an example is a block with ``` and its language, in the frame of a manual page the lines between @example and
@end. "yaml file=NAME" (or csv) gives a file. "console" has commands behind "$ " with their output. Others are not run,
but YAML must parse. A comment, <!-- $ COMMAND --> or .\\" $ COMMAND, is run and prints nothing. In front of a table,
<!-- rows of COMMAND --> says that what is in its first column stands in what the command prints, "…" being anything.
"""
import os
import pathlib
import re
import subprocess
import tempfile

import yaml

from tap import finish, result

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EVCAL = pathlib.Path(os.environ.get("EVCAL", ROOT / "build" / "evcal"))
# So that they stay short: what people read from beginning to end.
MOST_LINES = {"README.md": 320, "src/README.md": 200, "events/README.md": 250}
MARKDOWN = re.compile(r"^```(?P<info>\S+[^\n]*)\n(?P<body>.*?)^```$|^<!-- \$ (?P<command>[^\n]*) -->$"
                      r"|^<!-- rows of (?P<source>[^\n]*) -->\n(?P<rows>(?:\|[^\n]*\n)+)", re.M | re.S)
MDOC = re.compile(r"^@example (?P<info>[^\n]+)\n(?P<body>.*?)^@end$|^\.\\\" \$ (?P<command>[^\n]*)$", re.M | re.S)


def run(name, command, shown, folder, environment):
    ran = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    result(ran.stdout == shown, f"{name}: {command}", ran.stdout)


def run_block(name, body, folder, environment):
    commands = re.split(r"^\$ ", body, flags=re.M)[1:]
    result(commands, f"{name}: a console block has commands")
    for command in commands:
        line, shown = command.split("\n", 1)
        run(name, line, shown, folder, environment)


def find_rows(name, command, rows, folder, environment):
    ran = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for row in rows.splitlines()[2:]:
        said = row.split("|")[1].strip()
        pattern = "[^\n]+".join(re.escape(part) for part in said.split("…"))
        result(re.search(pattern, ran.stdout), f"{name}: {command} says: {said}", ran.stdout)


def parse_yaml(name, body):
    result(yaml.safe_load(body), f"{name}: an example of YAML parses")
    # Of recipes for CI: what they call is there.
    for path in re.findall(r"uses: \./(\S+)", body):
        result((ROOT / path / "action.yml").exists(), f"{name}: {path} is there")
    for line in re.findall(r"build/evcal ([a-z]+(?: --?[a-z=-]+)*)", body):
        ran = subprocess.run([EVCAL, *line.split(), "--help"], stdout=subprocess.DEVNULL)
        result(ran.returncode == 0, f"{name}: evcal {line}, there is such a command")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M)
    for target in re.findall(r"\bmake ([a-z-]+)", body):
        result(target in targets, f"{name}: make {target}, there is such a target")


def run_document(path):
    name, text = str(path.relative_to(ROOT)), path.read_text()
    examples = list((MDOC if path.suffix == ".in" else MARKDOWN).finditer(text))
    lines = text.count("\n")
    result(lines <= MOST_LINES.get(name, lines), f"{name}: {lines} lines")
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, PATH=f"{EVCAL.parent}:{os.environ['PATH']}", SOURCE_DATE_EPOCH="1608195600")
        for example in examples:
            info, body, command = example.group("info", "body", "command")
            rows = example.groupdict().get("rows")
            if command:
                run(name, command, "", folder, environment)
            elif rows:
                find_rows(name, example["source"], rows, folder, environment)
            elif " file=" in info:
                path = pathlib.Path(folder) / info.split("=", 1)[1]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(body)
            elif info == "yaml":
                parse_yaml(name, body)
            elif info == "console":
                run_block(name, body, folder, environment)


documents = [ROOT / "README.md", *sorted(ROOT.glob("src/README.md")), *sorted(ROOT.glob("src/man/*.in")),
             *sorted(ROOT.glob("events/**/*.md"))]
result(len(documents) > 3, "there are documents")
for document in documents:
    run_document(document)
finish()
