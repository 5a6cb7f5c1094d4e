"""Runs the README's examples, in order, in an empty folder, and compares what is printed with what it shows.

```yaml file=NAME gives a file, ```console has commands behind "$ " with their output. Other blocks are not run, but YAML
must parse.
"""
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
finish()
