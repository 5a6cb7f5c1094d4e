"""Calendars that somebody made to be slow (inputs.py, others.py) cost no more than their size: any input of 1 MiB is done with in 2 s
of processor time and 256 MiB, and what grows, grows in proportion.

    run.py [--all] [NAME...]

Each input is read at two sizes, and the processor time of the larger may be the ratio of the sizes as large, and half
as much more: that depends neither on how fast the machine is nor on what else it does. What is over before it can be
measured is fast enough. --all takes 1 MiB, and holds the time itself to the limit. Without valgrind or a sanitizer in it,
peak memory is held to the limit at every size.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

import inputs
import others  # noqa: its inputs are added to those

EVCAL = os.environ.get("EVCAL", "build/evcal")
SECONDS, OCTETS = 2, 256 << 20
# Less than this is the clock's own grain, and the beginning of any process.
LEAST = 0.05
SANITIZED = any(word in pathlib.Path(EVCAL).read_bytes() for word in (b"__asan_", b"__tsan_", b"__gcov_"))


def lay_out(folder, files):
    """Writes the files. Returns the command."""
    folder.mkdir()
    command = files.get("", "validate -C FOLDER")
    for name, text in files.items():
        if name:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
    return [word.replace("FOLDER", str(folder)) for word in command.split()]


def run(command, out):
    """The status, the seconds of processor time, and the octets of memory that a command takes."""
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    with open(out, "wb") as file:
        child = subprocess.Popen([EVCAL, *command], stdout=file, stderr=file, preexec_fn=limit)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def measure(work, name, size):
    """What the run takes at a size."""
    folder, out = work / f"{name}-{size}", work / "out"
    files = inputs.INPUTS[name](size)
    command = lay_out(folder, files)
    status, seconds, octets = run(command, out)
    said = out.read_text(errors="replace")
    return sum(map(len, files.values())), status, seconds, octets, said


def faults(work, name, whole):
    """What is wrong with what an input costs; of three tries the best, since other work on the machine makes it longer."""
    for attempt in range(3):
        found = list(faults_once(work / str(attempt), name, whole))
        if not found:
            break
    return found


def faults_once(work, name, whole):
    work.mkdir()
    sizes = (1 << 17, 1 << 20) if whole else (1 << 15, 1 << 17)
    small, large = (measure(work, name, size) for size in sizes)
    for size, status, seconds, octets, said in (small, large):
        if status not in (0, 1):
            yield f"{size} octets: status {status}: {said[-300:]}"
        if octets > OCTETS and not SANITIZED:
            yield f"{size} octets: {octets >> 20} MiB of memory"
        if inputs.SAYS[name] and f"[{inputs.SAYS[name]}]" not in said and size == large[0]:
            yield f"{size} octets: nothing says {inputs.SAYS[name]}"
    allowed = max(small[2], LEAST) * large[0] / small[0] * 1.5
    if large[2] > allowed:
        yield f"{small[0]} octets take {small[2]:.2f} s, {large[0]} take {large[2]:.2f}: more than {allowed:.2f} s"
    if whole and large[2] > SECONDS and not SANITIZED:
        yield f"{large[0]} octets take {large[2]:.2f} s"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    names = options.names or list(inputs.INPUTS)
    bad = 0
    print(f"1..{len(names)}")
    for number, name in enumerate(names, 1):
        with tempfile.TemporaryDirectory() as work:
            found = faults(pathlib.Path(work), name, options.all)
        bad += bool(found)
        print(f"{'not ok' if found else 'ok'} {number} {name}", *(f"# {fault}" for fault in found), sep="\n", flush=True)
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
