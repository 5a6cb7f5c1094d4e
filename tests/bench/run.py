"""Measures evcal, the least that the job can cost (floor.c), and what people would use instead, side by side.

Every round runs every program once, in turn, so that a busy minute hits all of them; shown is the median of the rounds.
A second run within five minutes is slower where files are written (remove()).
The targets are those of 10,000 events, and of 500 for list. BENCH_SIZES="100 1000" measures less. BENCH_ROUNDS sets the rounds of every size.
With --test each program runs once, over 100 events, nothing is timed, and what they write is compared; TAP. What a shell
waits for at TAB is held to its target there, in instructions.
"""
import argparse
import collections
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

# What it says is read in English, whatever the language of the calendar.
os.environ["LC_ALL"] = "en_US.UTF-8"

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(os.environ.get("BUILD", HERE.parent.parent / "build")).resolve()
WORK = BUILD / "bench"
EVCAL, PARSE, FLOOR, MEASURE = BUILD / "evcal", WORK / "parse", WORK / "floor", WORK / "measure"
ASIDE = WORK / "aside"
MODULES = HERE.parent.parent / "build" / "bench" / "node_modules"
ENVIRONMENT = dict(os.environ, SOURCE_DATE_EPOCH="1608195600", BENCH_MODULES=str(MODULES), XDG_CACHE_HOME=str(WORK / "cache"))

Size = collections.namedtuple("Size", "count rounds rivals")
# The rivals take minutes where evcal takes seconds.
SIZES = [Size(100, 20, 5), Size(500, 20, 3), Size(1000, 15, 3), Size(10000, 9, 1), Size(100000, 3, 0)]

CALENDAR = "name: N\ntimezone: Europe/Amsterdam\ndomain: example.org\norganizer: {name: T, email: t@example.org}\n"

# Bytes that evcal reads of one file.
FILE_MOST = 16 << 20
MANY_FILES = ["floor: write", "export", "export again", "floor: read", "export, pages", "invite, mails"]
COMPLETE = "complete / (start + floor: parse), CPU"

Row = collections.namedtuple("Row", "name command before stdin rival")
Result = collections.namedtuple("Result", "wall cpu peak faults")


def run(command, stdin=None):
    """What one run took: seconds, seconds, MiB, page faults."""
    read, write = os.pipe()
    with open(stdin or os.devnull, "rb") as source, open(WORK / "errors", "wb") as errors:
        # measure.c prints on descriptor 3.
        words = ["/bin/sh", "-c", f'exec "$0" "$@" 3>&{write}', MEASURE, *command]
        subprocess.run(words, stdin=source, stdout=subprocess.DEVNULL, stderr=errors, env=ENVIRONMENT, pass_fds=[write],
                       check=False)
    os.close(write)
    with open(read, encoding="ascii") as pipe:
        wall, cpu, peak, faults, status = map(int, pipe.read().split())
    if status:
        sys.exit(f"{' '.join(map(str, command))}: status {status}\n{(WORK / 'errors').read_text()}")
    return Result(wall / 1e9, cpu / 1e6, peak / 1024, faults)


def remove(*names):
    """Whatever else evcal remembers of earlier runs goes as well: each of them is the first.

    What was written is moved aside, and deleted when all is measured: for five minutes after a file has gone ext4 passes
    its inode by when it looks for one for a new file, which made the next ones take up to three times as long."""
    def before(folder):
        (folder / "events" / "revisions.yaml").unlink(missing_ok=True)
        for name in names:
            if (folder / name).exists():
                ASIDE.mkdir(exist_ok=True)
                (folder / name).rename(pathlib.Path(tempfile.mkdtemp(dir=ASIDE)) / name)
    return before


def rivals():
    """The programs that are installed, by name, and notes about those that are not."""
    there, notes = {}, []
    python = ["/usr/bin/python3", HERE / "competitor.py"]
    if subprocess.run([python[0], "-c", "import icalendar, pytz, yaml; yaml.CBaseLoader"], capture_output=True,
                      check=False).returncode == 0:
        there["python"] = python
    else:
        notes.append("left out: Python (python3-icalendar, python3-yaml)")
    ruby = shutil.which("ruby")
    if ruby and subprocess.run([ruby, "-e", "require 'icalendar'"], capture_output=True, check=False).returncode == 0:
        there["ruby"] = [ruby, HERE / "competitor.rb"]
    else:
        notes.append("left out: Ruby (ruby-icalendar)")
    node = shutil.which("node")
    if node and (MODULES / "ical-generator").is_dir() and (MODULES / "js-yaml").is_dir():
        there["node"] = [node, HERE / "competitor.cjs"]
    else:
        notes.append("left out: Node (nodejs; js-yaml, ical-generator and luxon of npm)")
    notes.append("left out: yaml2ics, which reads YAML of its own and has other properties")
    return there, notes


def write_others(folder, count):
    """The same calendar with pages and in one file, a list of people as long as it, and its feed, to be imported."""
    events = folder / "events"
    parts = sorted(events.glob("deel-*.yaml"))
    for name in "paged", "one":
        (folder / name).mkdir()
        shutil.copy(events / "calendar.yaml", folder / name)
    with open(folder / "paged" / "calendar.yaml", "a", encoding="utf-8") as file:
        file.write("publish-url: https://example.org/agenda\npage: {}\n")
    for part in parts:
        shutil.copy(part, folder / "paged")
    (folder / "one" / "all.yaml").write_text(
        "events:\n" + "".join(part.read_text().split("events:\n", 1)[1] for part in parts))
    (folder / "people.csv").write_text("e-mail\n" + "".join(f"lid{number}@example.org\n" for number in range(count)))
    shutil.copy(folder / "public" / "alles.ics", folder / "alles.ics")
    (WORK / "empty").mkdir(exist_ok=True)
    (WORK / "empty" / "calendar.yaml").write_text(CALENDAR)


def prepare(count):
    """The folder of one size, with its events, and the list of files for "floor write"."""
    folder = WORK / str(count)
    marker, stamp = folder / "generated", " ".join(str(made.stat().st_mtime_ns) for made in (HERE / "generate.py", EVCAL))
    if not marker.exists() or marker.read_text() != stamp:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, HERE / "generate.py", str(count), folder / "events"], check=True)
        subprocess.run([EVCAL, "-C", folder / "events", "export", "-q", "-o", folder / "public"], check=True,
                       env=ENVIRONMENT)
        public = folder / "public"
        files = sorted([*public.glob("*.ics"), *(public / "events").iterdir()])
        lines = [f"{file.stat().st_size} {file.relative_to(public)}" for file in files]
        (folder / "list").write_text("\n".join(lines) + "\n")
        write_others(folder, count)
        marker.write_text(stamp)
    remove("public", "written", "feed", "web", "invites")(folder)
    return folder


def first_of(events):
    """The id of the first event."""
    return (events / "deel-001.yaml").read_text().split("id: ", 1)[1].split()[0]


def rows_of(folder, there):
    events = folder / "events"
    sources = [events / "calendar.yaml", *sorted(events.glob("deel-*.yaml"))]
    evcal = [EVCAL, "-C", events]
    public = folder / "public"
    rows = [
        Row("start", [EVCAL, "--version"], None, None, False),
        Row("floor: parse", [PARSE, *sources], None, None, False),
        Row("floor: feed", [FLOOR, "feed", folder / "floor.ics", *sources], None, None, False),
        Row("floor: write", [FLOOR, "write", folder / "written"], remove("written"), folder / "list", False),
        Row("validate", [*evcal, "validate"], remove(), None, False),
        Row("export --feed", [*evcal, "export", "--feed=alles", "-o", folder / "feed"], remove("feed"), None, False),
        Row("export", [*evcal, "export", "-o", public], remove("public"), None, False),
        Row("export again", [*evcal, "export", "-o", public], None, None, False),
        Row("floor: read", [FLOOR, "read", public], None, folder / "list", False),
    ]
    if (folder / "one" / "all.yaml").stat().st_size < FILE_MOST:
        rows.append(Row("validate, one file", [EVCAL, "-C", folder / "one", "validate"], None, None, False))
    rows += [
        Row("list", [*evcal, "list", "--format=id"], remove(), None, False),
        Row("complete", [*evcal, "list", "-q", "--format=event", "--prefix="], remove(), None, False),
        Row("diff", [EVCAL, "diff", folder / "paged", events], remove(), None, False),
        Row("export, pages", [EVCAL, "-C", folder / "paged", "export", "-o", folder / "web"], remove("web"), None, False),
        Row("invite, mails", [*evcal, "invite", first_of(events), "--format=eml", f"--attendees={folder / 'people.csv'}",
                              "-o", folder / "invites"], remove("invites"), None, False),
    ]
    if (folder / "alles.ics").stat().st_size < FILE_MOST:
        rows.append(Row("import", [EVCAL, "-C", WORK / "empty", "import", folder / "alles.ics"], None, None, False))
    rows += [Row(name, [*command, folder / f"{name}.ics", events], None, None, True) for name, command in there.items()]
    return rows


def measure(size, folder, there):
    """The programs that write a file for each event come behind all others: what they leave in the memory of the system
    makes every program slower."""
    rows = rows_of(folder, there)
    results = {row.name: [] for row in rows}
    for many in False, True:
        for number in range(size.rounds):
            for row in rows:
                if (row.name in MANY_FILES) != many or (row.rival and number >= size.rivals):
                    continue
                if row.before:
                    row.before(folder)
                if many:
                    os.sync()
                results[row.name].append(run(row.command, row.stdin))
    return {name: Result(*map(statistics.median, zip(*runs))) for name, runs in results.items() if runs}


def print_size(count, folder, medians):
    octets = sum(file.stat().st_size for file in (folder / "events").iterdir() if file.name != "revisions.yaml")
    parse = medians["floor: parse"].wall
    print(f"\n{count} events, {octets / 2**20:.1f} MiB of YAML\n")
    print(f"  {'':18} {'wall ms':>9} {'CPU ms':>9} {'peak MiB':>9} {'faults':>8} {'× parse':>8} {'us/event':>9}")
    for name, result in medians.items():
        print(f"  {name:18} {result.wall * 1e3:9.1f} {result.cpu * 1e3:9.1f} {result.peak:9.1f} {result.faults:8.0f} "
              f"{result.wall / parse:8.2f} {result.wall / count * 1e6:9.1f}")
    return octets / 2**20


Target = collections.namedtuple("Target", "what value most unit")


def targets(count, medians, mebibytes):
    """Each target with what was measured."""
    wall = {name: result.wall for name, result in medians.items()}
    if count == 500:
        yield Target("list / floor: parse", wall["list"] / wall["floor: parse"], 2.0, "x")
        cpu = {name: result.cpu for name, result in medians.items()}
        yield Target(COMPLETE, cpu["complete"] / (cpu["start"] + cpu["floor: parse"]), 2.0, "x")
    if count != 10000:
        return
    yield Target("export --feed / floor: feed", wall["export --feed"] / wall["floor: feed"], 0.8, "x")
    yield Target("validate / floor: parse", wall["validate"] / wall["floor: parse"], 1.5, "x")
    for rival in ("python", "node", "ruby"):
        if rival in wall:
            yield Target(f"{rival} / export --feed", wall[rival] / wall["export --feed"], 30, "least")
    yield Target("diff / validate", wall["diff"] / wall["validate"], 2.5, "x")
    unchanged = wall["export again"] - wall["floor: read"] + wall["start"]
    yield Target("export again, less reading / validate", unchanged / wall["validate"], 1.3, "x")
    yield Target("export / floor: write", wall["export"] / wall["floor: write"], 2.0, "x")
    peak = max(medians[name].peak for name in ("export --feed", "export", "export again"))
    yield Target("peak of the exports / YAML", peak / mebibytes, 10, "x")
    yield Target("peak of the exports, MiB", peak, 64, "x")


def print_targets(count, medians, mebibytes):
    for number, target in enumerate(targets(count, medians, mebibytes)):
        if not number:
            print(f"\n  {'target':40} {'measured':>9} {'wanted':>8}")
        met = target.value >= target.most if target.unit == "least" else target.value <= target.most
        sign = ">=" if target.unit == "least" else "<="
        print(f"  {target.what:40} {target.value:9.2f} {sign} {target.most:<5} {'met' if met else 'missed'}")


def print_growth(all_medians):
    """How the time of each row grows with the events: 1 is in proportion to them."""
    sizes = sorted(size for size in all_medians if size >= 100 and size != 500)
    if len(sizes) < 2:
        return
    print("\nexponents: by what power the processor time grows, from one number of events to the next\n")
    steps = list(zip(sizes, sizes[1:]))
    print(f"  {'':18}" + "".join(f"{f'{small} to {large}':>18}" for small, large in steps))
    for name in all_medians[sizes[0]]:
        cells = (f"{exponent(all_medians[small][name], all_medians[large][name], large / small):18.2f}"
                 if name in all_medians[small] and name in all_medians[large] else f"{'':18}" for small, large in steps)
        print(f"  {name:18}" + "".join(cells))


def exponent(small, large, factor):
    return math.log(max(large.cpu, 1e-6) / max(small.cpu, 1e-6)) / math.log(factor)


def grow(name, counts, make, arguments):
    """Prints the processor time of calendars that have one thing more and more often, and the exponents."""
    print(f"\n{name}\n")
    last = None
    for count in counts:
        folder = WORK / "grown"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "events").mkdir(parents=True)
        make(folder / "events", count)
        runs = [run([EVCAL, "-C", folder / "events", *arguments(folder)]) for _ in range(5)]
        result = Result(*map(statistics.median, zip(*runs)))
        power = f"{exponent(last[1], result, count / last[0]):9.2f}" if last else ""
        print(f"  {count:18} {result.cpu * 1e3:9.1f} ms {result.peak:9.1f} MiB {power}")
        last = count, result
    shutil.rmtree(WORK / "grown", ignore_errors=True)


EVENT = "  - {{id: e{0}, summary: E{0}, start: 2021-01-21 14:00, end: 16:00, location: Zaal {0}}}\n"


def make_feeds(events, count):
    feeds = "".join(f"  - {{id: f{number}, name: F{number}}}\n" for number in range(count))
    (events / "calendar.yaml").write_text(f"{CALENDAR}feeds:\n{feeds}")
    (events / "all.yaml").write_text("events:\n" + "".join(EVENT.format(number) for number in range(100)))


def make_files(events, count):
    (events / "calendar.yaml").write_text(CALENDAR)
    for number in range(count):
        (events / f"e{number}.yaml").write_text("events:\n" + EVENT.format(number))


def make_one_file(events, count):
    (events / "calendar.yaml").write_text(CALENDAR)
    (events / "all.yaml").write_text("events:\n" + "".join(EVENT.format(number) for number in range(count)))


def print_shapes():
    grow("feeds, of 100 events: export", (1, 10, 100, 1000), make_feeds, lambda folder: ["export", "-q", "-o", folder / "public"])
    grow("files of one event: validate", (10, 100, 1000, 10000), make_files, lambda folder: ["validate", "-q"])
    grow("the same events in one file: validate", (10, 100, 1000, 10000), make_one_file, lambda folder: ["validate", "-q"])


def instructions(command, stdin=None):
    """How many it executes, or None where the program is not as people run it."""
    with open(stdin or os.devnull, "rb") as source:
        out = subprocess.run([HERE.parent / "instructions.sh", *command], text=True, stdin=source,
                             stdout=subprocess.PIPE, env=dict(ENVIRONMENT, LC_ALL="C"), check=True).stdout
    return int(out) if out else None


def print_instructions(count, folder):
    if not shutil.which("valgrind"):
        print("\nleft out: instruction counts (valgrind)")
        return
    print(f"\n{count} events, millions of instructions (callgrind)\n")
    for row in rows_of(folder, {}):
        if row.stdin:
            continue
        if row.before:
            row.before(folder)
        count = instructions(row.command)
        if count:
                print(f"  {row.name:18} {count / 1e6:9.1f}")


# What is held to its target in every test, of 500 events and in instructions, since those repeat.
CHEAP = [
    (COMPLETE, "the ids of 500 events are cheap enough for a shell",
     lambda counts: counts["complete"] / (counts["start"] + counts["floor: parse"]), 2.0),
    ("(export again - floor: read) / validate", "an export that changes nothing costs little more than its checks",
     lambda counts: (counts["export again"] - counts["floor: read"] + counts["start"]) / counts["validate"], 1.3),
    ("(export --feed - start) / floor: feed", "a feed costs at most 1.6 times bare libyaml and libical",
     # Of 1,000 events it is 1.44, of 10,000 less than 1: what it costs to load libical and the zones does not grow.
     lambda counts: (counts["export --feed"] - counts["start"]) / counts["floor: feed"], 1.6),
    ("diff / validate", "comparing two calendars costs little more than reading both",
     lambda counts: counts["diff"] / counts["validate"], 2.5),
]


COUNTED = ("start", "floor: parse", "floor: feed", "validate", "export --feed", "export again", "floor: read", "complete",
           "diff")


def counts_of_500():
    """Instructions by row, or nothing where a program is not as people run it."""
    folder, counts = prepare(500), {}
    for row in rows_of(folder, {}):
        if row.name == "export":
            row.before(folder)
            # Under valgrind, which puts libraries of its own into the program: that makes it another one.
            instructions(row.command)
        elif row.name in COUNTED:
            if row.before:
                row.before(folder)
            counts[row.name] = instructions(row.command, row.stdin)
    return counts if all(counts.values()) else None


def test():
    """Whether all of it still runs, and makes a feed of every event."""
    count, number, failed = 100, 0, 0
    folder = prepare(count)
    there, notes = rivals()
    for row in rows_of(folder, there):
        if row.before:
            row.before(folder)
        number += 1
        run(row.command, row.stdin)
        wrong = ""
        feed = folder / "feed" / "alles.ics" if row.name == "export --feed" else pathlib.Path(row.command[-2])
        if row.name == "floor: feed":
            feed = folder / "floor.ics"
        if feed.suffix == ".ics" and feed.read_text().count("BEGIN:VEVENT") != count:
            wrong = f"{feed} does not hold {count} events"
        if row.name == "export again" and " 0 files written" not in (WORK / "errors").read_text():
            wrong = (WORK / "errors").read_text()
        if row.name == "validate" and "nothing wrong" not in (WORK / "errors").read_text():
            wrong = "the generated calendar has findings"
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} {row.name}{wrong and chr(10) + '# ' + wrong}")
    counts = counts_of_500()
    if not counts:
        print("# left out: instruction counts, of a program that is made otherwise than for use")
    for what, name, ratio, most in CHEAP if counts else []:
        number += 1
        dear = ratio(counts) > most
        failed += dear
        print(f"{'not ok' if dear else 'ok'} {number} {name}")
        print(f"# {what}: {ratio(counts):.2f}, of {counts}")
    for note in notes:
        print("#", note)
    return bool(failed)


def bench():
    wanted = [int(word) for word in os.environ.get("BENCH_SIZES", "").split()] or [size.count for size in SIZES]
    sizes = [size for size in SIZES if size.count in wanted]
    there, notes = rivals()
    print(f"{os.cpu_count()} processors, {subprocess.getoutput(f'{EVCAL} --version')}; medians of one interleaved run")
    all_medians = {}
    for size in sizes:
        rounds = int(os.environ.get("BENCH_ROUNDS", size.rounds))
        folder = prepare(size.count)
        medians = measure(size._replace(rounds=rounds), folder, there)
        all_medians[size.count] = medians
        mebibytes = print_size(size.count, folder, medians)
        print_targets(size.count, medians, mebibytes)
        sys.stdout.flush()
    print_growth(all_medians)
    print_shapes()
    if 1000 in all_medians:
        print_instructions(1000, WORK / "1000")
    for note in notes:
        print(f"\n{note}")
    return 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    arguments.add_argument("--test", action="store_true")
    try:
        return test() if arguments.parse_args().test else bench()
    finally:
        shutil.rmtree(ASIDE, ignore_errors=True)


sys.exit(main())
