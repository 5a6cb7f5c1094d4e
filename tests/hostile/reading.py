"""Inputs that are made to cost much cost no more than FORMAT.md allows, and grow in proportion: run.py [--table].

Every kind of reading_inputs.py is made in two sizes, of which one is twice the other, and the instructions are compared that evcal
takes for them beyond those for an empty calendar, which no other load of the machine changes: twice the size may take 2.6
times as many, and a MiB as many as a processor of today does in two seconds. Then a MiB of each is read: its peak memory is
at most 256 MiB, and what it prints 9 MiB. --table prints what a MiB takes, in place of that.
"""
import concurrent.futures
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

import reading_inputs as inputs

HERE = pathlib.Path(__file__).parent
MIB = 1 << 20
SMALL, LARGE = 24 << 10, 48 << 10
GROWTH = 2.6
# What grows less than this is the same for any size.
NOISE = 3_000_000
INSTRUCTIONS = 8_000_000_000
MEMORY, OUTPUT = 256 * MIB, 9 * MIB
PATIENCE, SECONDS = 600, 15


def make(folder, kind, size):
    """Writes the files of a kind, and returns the command that reads them."""
    command = ["validate", "--format=json"]
    for name, text in inputs.INPUTS[kind](size).items():
        if name == "command":
            command = text
            continue
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return [os.path.abspath(os.environ["EVCAL"]), *command]


def instructions(kind, size):
    """The instructions that evcal takes for a kind; None where the program is not as people run it."""
    with tempfile.TemporaryDirectory() as folder:
        command = make(folder, kind, size)
        counted = subprocess.run([HERE.parent / "instructions.sh", *command], cwd=folder, stdout=subprocess.PIPE,
                                 timeout=PATIENCE, check=True)
    return int(counted.stdout) if counted.stdout.strip() else None


def spend(kind, size):
    """The status, seconds of processor time, bytes of memory and bytes of output that a kind takes."""
    with tempfile.TemporaryDirectory() as folder:
        command = make(folder, kind, size)
        with open(os.path.join(folder, "out"), "wb") as out:
            process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)))
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, os.path.getsize(out.name)


def judge(kind, empty):
    """(good, notes) of a kind."""
    notes = []
    small, large = instructions(kind, SMALL), instructions(kind, LARGE)
    if small is not None:
        grown = large - empty
        if grown > NOISE and grown > GROWTH * max(small - empty, NOISE / GROWTH):
            notes.append(f"{LARGE} bytes take {grown / max(small - empty, 1):.2f} times what {SMALL} do")
        if grown * MIB / LARGE > INSTRUCTIONS:
            notes.append(f"a MiB would take {grown * MIB // LARGE:,} instructions")
    status, seconds, memory, output = spend(kind, MIB)
    if status not in (0, 1):
        notes.append(f"a MiB ends with status {status}")
    if memory > MEMORY and small is not None:
        notes.append(f"a MiB takes {memory // MIB} MiB of memory")
    if output > OUTPUT:
        notes.append(f"a MiB prints {output // MIB} MiB")
    return not notes, notes


def table(kinds):
    for kind in kinds:
        status, seconds, memory, output = spend(kind, MIB)
        print(f"{kind:40} {status:2} {seconds:8.2f} s {memory / MIB:7.0f} MiB {output / MIB:6.1f} MiB", flush=True)


def main():
    only = os.environ.get("TEST", "")
    kinds = [kind for kind in inputs.INPUTS if only in kind] or list(inputs.INPUTS)
    if "--table" in sys.argv:
        table(kinds)
        return
    empty = instructions("empty_lines", 0)
    failed = False
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (kind, (good, notes)) in enumerate(zip(kinds, pool.map(lambda one: judge(one, empty), kinds)), 1):
            print("ok" if good else "not ok", number, kind)
            for note in notes:
                print("#", note)
            failed |= not good
    print(f"1..{len(kinds)}")
    sys.exit(failed)


main()
