"""Runs the README's examples, in order, in an empty folder, and compares what is printed with what it shows.

```yaml file=NAME gives a file, ```console has commands behind "$ " with their output. Other blocks are not run, but YAML
must parse. The tables of keys must name the keys that the program has.
"""
import json
import os
import pathlib
import re
import subprocess
import tempfile

import yaml

from tap import finish, result

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text()
EVCAL = pathlib.Path(os.environ.get("EVCAL", ROOT / "build" / "evcal"))


def run_block(body, folder, environment):
    commands = re.split(r"^\$ ", body, flags=re.M)[1:]
    result(commands, "a console block has commands")
    for command in commands:
        line, shown = command.split("\n", 1)
        ran = subprocess.run(["bash", "-c", line], cwd=folder, env=environment, text=True, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        result(ran.stdout == shown, line, ran.stdout)


def keys_of_program():
    """The keys of each mapping, as the program's schemas have them."""
    keys = {}
    for which, top in ("events", "file"), ("calendar", "calendar"):
        schema = json.loads(subprocess.run([EVCAL, "schema", which], stdout=subprocess.PIPE).stdout)
        for name, mapping in {top: schema, **schema["$defs"]}.items():
            keys[name] = set(mapping.get("properties", ()))
    return keys


with tempfile.TemporaryDirectory() as folder:
    environment = dict(os.environ, PATH=f"{EVCAL.parent}:{os.environ['PATH']}", SOURCE_DATE_EPOCH="1608195600")
    for info, body in re.findall(r"^```(\S+[^\n]*)\n(.*?)^```$", README, re.M | re.S):
        if info.startswith("yaml file="):
            path = pathlib.Path(folder) / info.split("=", 1)[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
        elif info == "yaml":
            result(yaml.safe_load(body), "an example of YAML parses")
        elif info == "console":
            run_block(body, folder, environment)
table = keys_of_program()
for place, rows in re.findall(r"<!-- keys: (\w+) -->\n(.*?)\n\n", README, re.S):
    named = {key for row in rows.split("\n")[2:] for key in re.findall(r"`([a-z-]+)`", row.split("|")[1])}
    result(named == table[place], f"the README names the keys of: {place}", named ^ table[place])
finish()
