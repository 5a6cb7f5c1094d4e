"""Lets every call that evcal makes fail once, and kills it before every one.

For each command: each system call fails with each error that is plausible for it, and is killed before it (by strace);
each allocation fails, each read and write is cut short (by shim.c). Whatever happens, each file that was published is
as it was or new, revisions.yaml is as it was or new and never older than what is published, and an undisturbed run
afterwards ends where one without the fault does. What fails ends with status 3 and names the file. A SEQUENCE that was
published never stands for anything else.

    run.py [--quick] [KIND]... [WORD]...    --quick: some of the faults; KIND: fail, kill, own, library, short; WORD:
                                            only commands whose name holds it
"""
import collections
import concurrent.futures
import errno
import os
import pathlib
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build")).resolve()
EVCAL = BUILD / "evcal"
SHIM = BUILD / "faults" / "shim.so"
EPOCH = 1608195600
# A run hangs that has used so many seconds of a processor, where it needs some hundredths, or that has not ended after so
# many seconds; and the status that it then gets.
CPU_MOST, PATIENCE, HUNG = 10, 600, "hung"
# Loaded from the start on, what evcal loads on demand is the loader's business (src/time/libical.h).
LIBICAL = "libical.so.3"
# Of how many faults one is tried with --quick.
STRIDE = {"fail": 31, "kill": 17, "own": 5, "library": 193, "short": 11}

# The errors that a call may plausibly give. EINTR stands apart, as what is tried again.
FAIL = {
    "openat": "EACCES EMFILE EIO EINTR",
    "openat2": "EACCES EMFILE EIO EINTR ENOSYS",
    "open to create": "ENOSPC EROFS",
    "read": "EIO EINTR",
    "write": "ENOSPC EIO EINTR",
    "writev": "ENOSPC EIO EINTR",
    "faccessat2": "EACCES EIO",
    "fsync": "EIO ENOSPC EINTR",
    "syncfs": "EIO EINTR",
    "rename": "EIO ENOSPC EACCES",
    "renameat": "EIO ENOSPC EACCES",
    "renameat2": "EIO ENOSPC EACCES",
    "unlink": "EIO EACCES",
    "unlinkat": "EIO EACCES",
    "rmdir": "EIO EACCES",
    "mkdirat": "ENOSPC EACCES EIO",
    "close": "EIO EINTR",
    "flock": "ENOLCK EINTR",
    "newfstatat": "EIO EACCES ENOMEM",
    "fstat": "EIO ENOMEM",
    "stat": "EIO EACCES ENOMEM",
    "lstat": "EIO EACCES ENOMEM",
    "statx": "EIO EACCES ENOMEM",
    "getdents64": "EIO ENOMEM",
    "readlink": "EIO EACCES",
    "access": "EACCES EIO",
    "ftruncate": "EIO EINTR",
    "fchmod": "EIO EPERM",
    "mmap": "ENOMEM",
    "mremap": "ENOMEM",
    "munmap": "ENOMEM",
    "madvise": "EINVAL",
    # Without the kernel's fence there is none; where a rule of it fails, what it would have allowed cannot be opened.
    "landlock_create_ruleset": "EOPNOTSUPP ENOMEM",
    "landlock_add_rule": "ENOMEM",
    "landlock_restrict_self": "EPERM E2BIG",
    "prctl": "EPERM",
    # These cannot fail, or only where evcal is wrong; brk() says by its value what it did, which strace cannot give.
    "brk": "", "umask": "", "futex": "", "ioctl": "", "fcntl": "", "getcwd": "", "lseek": "", "exit_group": "",
    "prlimit64": "", "getrandom": "", "sysinfo": "", "getpid": "", "getuid": "", "geteuid": "", "getgid": "", "getegid": "",
    "clock_gettime": "", "rt_sigprocmask": "", "rt_sigaction": "",
}

# --- calendars ---------------------------------------------------------------------------------------------------

CALENDAR = """\
name: Test
domain: example.org
timezone: Europe/Amsterdam
organizer: {name: Test, email: test@example.org}
feeds:
  - {id: all, name: All}
  - {id: late, name: Late, from: 2021-02-01}
"""
# Events as (id, day); {days} of them are moved from one version of the calendar to the next.
EVENT = "  - {{id: {id}, summary: {id} at {day}, start: 2021-02-{day:02} 14:00, end: 16:00, location: Hall, {more}}}\n"
MORE = {"a": "reminder: 1h, description: 'Some *text*.'", "b": "rrule: FREQ=WEEKLY;COUNT=3", "c": "rdate: 2021-04-01"}


def events(**days):
    return "events:\n" + "".join(EVENT.format(id=id, day=day, more=MORE.get(id, "")) for id, day in days.items())


# Few files, so that each is synced by itself; and many, which one call syncs together.
FEW = events(a=1, b=2)
FEW_LATER = events(a=3, b=2)
MANY = events(a=1, b=2, c=3, d=4, e=5, f=6, g=7)
MANY_LATER = events(b=9, c=10, d=11, e=12, f=13, g=7, h=8)
MANY_LAST = events(a=21, b=22, c=23, d=24, e=25, f=26, g=27, h=28)
PEOPLE = "naam;e-mail\nLid een;een@example.org\nLid twee;twee@example.org\n"


class Scenario:
    """A command, the runs before it, and the calendar as it may be changed behind it."""

    def __init__(self, name, command, before=(), first=FEW, then=None, last=MANY_LAST, status=0, remembered=False,
                 link=False, lost=False):
        self.name, self.command, self.before = name, command.split(), [line.split() for line in before]
        self.first, self.then, self.last, self.status = first, then or first, last, status
        self.remembered = remembered # that it changes nothing
        self.lost = lost # revisions.yaml is deleted before it
        self.link = link # the events are in a file that a link leads to

    def __str__(self):
        return self.name


INVITE = "invite a --attendees=people.csv --to=drie@example.org"
SCENARIOS = [
    Scenario("export, the first", "export"),
    Scenario("export, few changes", "export", ["export"], FEW, FEW_LATER),
    Scenario("export, much changes", "export", ["export"], MANY, MANY_LATER),
    Scenario("export, nothing changes", "export", ["export"], MANY),
    Scenario("export, nothing changes, as it knows", "export", ["export"], MANY, remembered=True),
    Scenario("export, all goes", "export", ["export"], FEW, events(z=28)),
    Scenario("export, one feed", "export --feed=late", ["export"], FEW, FEW_LATER),
    Scenario("export, to standard output", "export --feed=late -o -", ["export"], FEW, FEW_LATER),
    Scenario("export, forgets", "export --forget=b", ["export"], FEW, events(a=3), last=events(a=21)),
    Scenario("export, what is lost", "export", ["export"], FEW.replace("id: a", "id: a, sequence: 5"), FEW, status=1,
             lost=True),
    Scenario("export, through a link", "export", ["export"], FEW, FEW_LATER, link=True),
    Scenario("invite, the first", INVITE),
    Scenario("invite, again", INVITE, [INVITE], FEW, FEW_LATER),
    Scenario("invite, cancel", INVITE + " --cancel", [INVITE]),
    Scenario("invite, nobody", "invite b", ["export"], FEW, FEW_LATER),
    Scenario("validate", "validate", ["export"]),
    Scenario("validate, findings", "validate --format=json", [], FEW + "  - {id: bad, sumary: x}\n", status=1),
    Scenario("validate, a file", "validate events/sub/e.yaml", [], FEW),
]

# --- runs --------------------------------------------------------------------------------------------------------

Ran = collections.namedtuple("Ran", "status out err")


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_MOST, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(folder, command, wrap=(), **environment):
    """Runs evcal in folder; what it says goes to files, as the system calls on a pipe are others."""
    env = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(EPOCH), "LC_ALL": "C", "LD_PRELOAD": LIBICAL,
           "XDG_CACHE_HOME": f"{folder}.cache", **environment}
    paths = [f"{folder}.out", f"{folder}.err"]
    with open(paths[0], "wb") as out, open(paths[1], "wb") as err:
        process = subprocess.Popen([*wrap, EVCAL, *command], cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=err, preexec_fn=limit)
        try:
            status = process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = HUNG
    if status == -signal.SIGXCPU:
        status = HUNG
    out, err = (pathlib.Path(path).read_text() for path in paths)
    return Ran(status, out, err)


def write_events(folder, text):
    (folder / "events" / "sub" / "e.yaml").write_text(text)


def tree(folder):
    """Every file below it: its mode and its octets, which folders have not."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        found[str(path.relative_to(folder))] = oct(mode), path.read_bytes() if stat.S_ISREG(mode) else None
    return found


def prepare(scenario, folder):
    """A folder as it is before the command."""
    (folder / "events" / "sub").mkdir(parents=True)
    (folder / "events" / "calendar.yaml").write_text(CALENDAR)
    (folder / "people.csv").write_text(PEOPLE)
    if scenario.link:
        (folder / "events" / "sub" / "e.yaml").symlink_to("../.e.yaml")
    write_events(folder, scenario.first)
    for command in scenario.before:
        ran = run(folder, command)
        assert ran.status == 0, ran
    write_events(folder, scenario.then)
    if scenario.lost:
        (folder / "events" / "revisions.yaml").unlink()


def copied(scenario, base, folder):
    """The folder as a copy of how it is before the command, and evcal's cache of it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(f"{folder}.cache", ignore_errors=True)
    shutil.copytree(base / "before", folder, symlinks=True)
    if scenario.remembered:
        run(folder, scenario.command)
    return folder


def traced(scenario, folder, log):
    """The system calls of an undisturbed run: (name, its number among those of that name, whether it creates)."""
    run(folder, scenario.command, ["strace", "-o", log])
    calls, counts, begun = [], collections.Counter(), False
    for line in log.read_text().splitlines():
        name = re.match(r"(\w+)\(", line)
        if not name:
            continue
        name = name[1]
        counts[name] += 1
        # What stands before is the loader's.
        begun = begun or (name != "execve" and '"events' in line)
        if begun:
            calls.append((name, counts[name], "O_CREAT" in line))
    return calls


def counted(scenario, folder, what):
    """The calls of an undisturbed run that shim.c counts."""
    log = pathlib.Path(f"{folder}.log")
    run(folder, scenario.command, LD_PRELOAD=f"{SHIM} {LIBICAL}", FAULT_WHAT=what, FAULT_WHEN="0", FAULT_LOG=str(log))
    return int(re.search(r"calls (\d+)", log.read_text())[1])


def faults(scenario, base):
    """All faults of a scenario, by kind."""
    def fresh():
        return copied(scenario, base, base / "count")
    calls = traced(scenario, fresh(), base / "calls.log")
    unknown = {name for name, _, _ in calls} - set(FAIL)
    assert not unknown, f"say in FAIL how these may fail: {unknown}"
    all_faults = {"fail": [], "kill": []}
    for name, number, creates in calls:
        errors = FAIL[name] + (" " + FAIL["open to create"] if creates else "")
        all_faults["fail"] += [(name, number, error) for error in errors.split()]
        all_faults["kill"].append((name, number))
    for what in "own", "library", "short":
        all_faults[what] = [(number,) for number in range(1, counted(scenario, fresh(), what) + 1)]
    all_faults["short"].append(("all",))
    return all_faults


# --- what must hold ----------------------------------------------------------------------------------------------

class Broken(Exception):
    pass


def must(holds, message):
    if not holds:
        raise Broken(message)


def is_published(path):
    return path.startswith(("public/", "invites/")) and "/.evcal" not in path


def is_leftover(path):
    return "/.evcal.new" in path or path.endswith(".evcal-new")


def look_whole(now, before, after):
    """Each file is old or new, and the revisions are not older than what is published."""
    changed = False
    for path, (mode, octets) in now.items():
        if is_leftover(path) or path.endswith("/.evcal"):
            continue
        must(path in before or path in after, f"{path}: nobody asked for it")
        must((mode, octets) in (before.get(path), after.get(path)), f"{path} is neither old nor new")
        changed |= is_published(path) and octets is not None and (mode, octets) != before.get(path)
    for path in set(before) & set(after):
        must(path in now, f"{path} is gone")
    revisions = "events/revisions.yaml"
    must(not changed or now.get(revisions) == after.get(revisions), "what is published is newer than the revisions")


def sequences(folder, seen):
    """Adds what is published under each SEQUENCE to seen; it must be the same for ever."""
    for path in sorted([*folder.glob("public/**/*.ics"), *folder.glob("invites/**/*.ics")]):
        if ".evcal" in str(path.relative_to(folder)):
            continue
        text = path.read_bytes().decode().replace("\r\n ", "")
        for vevent in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.S):
            lines = vevent.split("\r\n")
            def find(*names):
                return tuple(line for line in lines if line.startswith(names))
            key = find("UID:", "RECURRENCE-ID", "SEQUENCE:")
            means = find("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "LOCATION", "STATUS")
            must(seen.setdefault(key, means) == means, f"{key} was {seen[key]}, and is {means}")


def named_well(message, call, folder, output):
    """Whether a message names the file that the call was about, and its error."""
    said = re.fullmatch(r"evcal: cannot [\w ()-]*?(?:\(Debian: [^)]*\) )?([^ ]+|standard output): (.*)", message)
    if not said:
        return message.startswith("evcal: out of memory")
    if said[1] == "standard output":
        return call.startswith("write(1<")
    named = os.path.normpath(folder / said[1])
    quoted, opened = re.search(r'"([^"]+)"', call), re.search(r"<([^>]+)>", call)
    if call.startswith(("read(", "write(", "writev(")):
        quoted = None
    if not opened and not quoted:
        return True # memory
    about = os.path.normpath(folder / (opened[1] if opened else "") / (quoted[1] if quoted else ""))
    if about.endswith(".revisions.yaml.evcal-new"):
        return named.endswith("/revisions.yaml")
    if about.endswith(".gitignore.evcal-new"):
        return named.endswith("/.gitignore")
    if "/.evcal.new" in about:
        return named.startswith(str(folder / output))
    # A link is named, and the file that it leads to is read.
    return any(name.startswith(about) or about.startswith(name) for name in (named, os.path.realpath(named)))


class Case:
    """One fault of a scenario, tried in a folder of its own."""

    def __init__(self, scenario, base, kind, fault, before, after, ran):
        self.scenario, self.base, self.kind, self.fault = scenario, base, kind, fault
        self.before, self.after, self.undisturbed = before, after, ran
        self.folder, self.call = None, ""

    def strike(self):
        log = pathlib.Path(f"{self.folder}.log")
        log.unlink(missing_ok=True)
        command = self.scenario.command
        if self.kind in ("fail", "kill"):
            name, number = self.fault[:2]
            what = f"error={self.fault[2]}" if self.kind == "fail" else "signal=SIGKILL"
            # With a filter strace leaves the other calls alone, which is quicker, but then it cannot kill.
            filtered = ["-f", "--seccomp-bpf"] if self.kind == "fail" else []
            ran = run(self.folder, command, ["strace", *filtered, "-y", "-e", f"trace={name}", "-e",
                                             f"inject={name}:{what}:when={number}", "-o", log])
            must(log.exists(), f"strace did not run: {ran}")
            text = log.read_text()
            struck = re.findall(r"^(?:\d+ +)?(.*)\(INJECTED\)$" if self.kind == "fail" else r"^(.*) = \?$", text, re.M)
            must(struck, f"the call was not made: {ran}")
            self.call = struck[-1]
        else:
            ran = run(self.folder, command, LD_PRELOAD=f"{SHIM} {LIBICAL}", FAULT_WHAT=self.kind,
                      FAULT_WHEN=str(self.fault[0]), FAULT_LOG=str(log))
            struck = re.search("struck (.*)", log.read_text())
            self.call = struck[1] if struck else ""
            must(struck or self.kind == "short", f"the call was not made: {ran}")
        return ran

    def look_at_end(self, ran, now):
        """The status, and what was said."""
        if self.scenario.lost:
            # What was staged before that was found may be left, for the next run to clear away.
            now = {path: held for path, held in now.items() if not is_leftover(path)}
        good = ran.status == self.scenario.status and now == self.after and ran.out == self.undisturbed.out
        # Findings may come behind it.
        lines = ran.err.rstrip("\n").split("\n")
        last = next((line for line in reversed(lines) if line.startswith("evcal: ")), lines[-1])
        if self.kind == "kill":
            must(ran.status == -9, f"it was not killed: {ran}")
        # Standard output is the C library's, which does not try again (and evcal catches no signal).
        # Without openat2() it goes step by step.
        elif self.kind == "short" or ({"EINTR", "ENOSYS"} & set(self.fault) and not self.call.startswith("write(1<")):
            must(good, f"it did not go on: {ran}")
        elif self.kind == "own":
            must(ran.status == 3 and last.startswith("evcal: out of memory"), f"it did not stop: {ran}")
        elif ran.status == HUNG or ran.status < 0:
            must(self.kind == "library" and "/libic" in self.call, f"it crashed: {ran}")
        elif not good:
            must(ran.status == 3, f"the status, or what is there, is wrong: {ran}")
            if self.kind == "fail":
                output = "invites" if self.scenario.command[0] == "invite" else "public"
                must(named_well(last, self.call, self.folder, output) or self.call.startswith("write(2<"),
                     f"it does not name the file: {ran}")
                must(last.endswith(": " + os.strerror(getattr(errno, self.fault[2]))) or "out of memory" in last
                     or self.call.startswith("write(2<"), f"it does not say why: {ran}")

    def look_behind(self):
        """An undisturbed run, and one of a calendar that has gone on."""
        aside = pathlib.Path(f"{self.folder}.aside")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(self.folder, aside, symlinks=True)
        seen = {}
        sequences(self.base / "before", seen)
        sequences(self.folder, seen)
        ran = run(self.folder, self.scenario.command)
        now = tree(self.folder)
        must(ran.status == self.scenario.status, f"the run behind it fails: {ran}")
        must(now == self.after, "the run behind it ends elsewhere: "
             f"{[path for path in {*now, *self.after} if now.get(path) != self.after.get(path)]}")
        # From here on the two are different stories.
        sequences(self.folder, dict(seen))
        if self.scenario.command[0] != "validate":
            write_events(aside, self.scenario.last)
            ran = run(aside, self.scenario.command)
            must(ran.status == self.scenario.status, f"the run of the next version ends otherwise: {ran}")
            sequences(aside, seen)
        shutil.rmtree(aside)

    def try_it(self):
        """(how it ended, what is wrong or None)"""
        self.folder = copied(self.scenario, self.base, self.base / f"work{os.getpid()}")
        how = "?"
        try:
            ran = self.strike()
            how = HOW.get(ran.status, "went on" if ran.status == self.scenario.status else "crashed")
            now = tree(self.folder)
            look_whole(now, self.before, self.after)
            self.look_at_end(ran, now)
            # Where all is as it was, the run behind it would be the undisturbed one.
            if now != self.before:
                self.look_behind()
        except Broken as broken:
            return how, f"{self.scenario}: {self.kind} {self.fault}: {self.call}\n{broken}"
        return how, None


HOW = {3: "ended with status 3", -9: "were killed", HUNG: "hung"}
_cases = []


def try_number(number):
    return _cases[number].try_it()


def try_scenario(scenario, base, number, kinds, quick):
    """Tries the faults of a scenario, and prints how it went."""
    prepare(scenario, base / "before")
    shutil.copytree(base / "before", base / "after", symlinks=True)
    ran = run(base / "after", scenario.command)
    assert ran.status == scenario.status, ran
    before, after = tree(base / "before"), tree(base / "after")
    tried = 0
    _cases.clear()
    for kind, kind_faults in faults(scenario, base).items():
        if kind not in kinds:
            continue
        tried += len(kind_faults)
        step = STRIDE[kind] if quick else 1
        _cases.extend(Case(scenario, base, kind, fault, before, after, ran) for fault in kind_faults[number % step::step])
    counts, broken = collections.Counter(), []
    with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for case, (how, wrong) in zip(_cases, pool.map(try_number, range(len(_cases)), chunksize=4)):
            counts[case.kind, how] += 1
            if wrong:
                broken.append(wrong)
    of_all = f" of {tried}" if quick else ""
    print("not ok" if broken else "ok", number, f"{scenario}: {len(_cases)}{of_all} faults, {len(broken)} not survived")
    if not quick:
        for (kind, how), count in sorted(counts.items()):
            print(f"#   {kind}: {count} {how}")
    for wrong in broken[: int(os.environ.get('FAULT_SHOWN', 20))]:
        print("#", wrong.replace("\n", "\n#   "))
    sys.stdout.flush()
    return len(_cases), len(broken)


def main(words):
    quick = "--quick" in words
    words = [word for word in words if word != "--quick"]
    kinds = [word for word in words if word in STRIDE]
    words = [word for word in words if word not in STRIDE]
    # The allocations and calls of a sanitizer, and of what counts coverage, are not the program's.
    if any(name in EVCAL.read_bytes() for name in (b"__asan_init", b"__gcov_exit")):
        print("ok 1 # SKIP the program has a sanitizer in it, or counts coverage")
        return 0
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode:
        print("ok 1 # SKIP strace may not trace here")
        return 0 if quick else 1
    # So that what lies in the memory goes with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    totals, broken = collections.Counter(), 0
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        for number, scenario in enumerate(SCENARIOS, 1):
            if words and not any(word in scenario.name for word in words):
                continue
            tried, not_survived = try_scenario(scenario, pathlib.Path(folder) / str(number), number, kinds or STRIDE, quick)
            totals[scenario.command[0]] += tried
            broken += not_survived
    for command, tried in totals.items():
        print(f"# {command}: {tried} faults")
    return broken > 0


sys.exit(main(sys.argv[1:]))
