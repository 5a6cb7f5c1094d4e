"""Every exported file, octet by octet: CRLF, 75 octets, no break inside a character or an escape.

invites.py asks the same of invitations.
"""
import re
import shutil
import sys

import common


def faults(data):
    """What is wrong with one file's octets."""
    if data.startswith(b"\xef\xbb\xbf"):
        yield "begins with a byte order mark"
    if not data.endswith(b"END:VCALENDAR\r\n"):
        yield "does not end with END:VCALENDAR and CRLF"
    if data.count(b"\n") != data.count(b"\r\n") or data.count(b"\r") != data.count(b"\r\n"):
        yield "has a line break that is not CRLF"
    lines = data.split(b"\r\n")[:-1]
    for number, line in enumerate(lines, 1):
        if len(line) > 75:
            yield f"line {number} has {len(line)} octets"
        if not line.strip():
            yield f"line {number} is blank"
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            yield f"line {number} is broken inside a character"
        backslashes = len(line) - len(line.rstrip(b"\\"))
        if backslashes % 2:
            yield f"line {number} is broken inside an escape"
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line):
            yield f"line {number} has a control character"
    text = data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode("utf-8")
    first = text.index("BEGIN:V", 1)
    if re.search(r"^END:V(EVENT|TIMEZONE)\r\n(?!BEGIN|END)", text, re.M) or "METHOD:" not in text[:first]:
        yield "has a property of the calendar behind a component"
    if text.count("BEGIN:VCALENDAR") != 1:
        yield "has not just one VCALENDAR"
    used = set(re.findall(r";TZID=([^:;]+):", text))
    defined = re.findall(r"^TZID:(.*)\r$", text, re.M)
    if sorted(used) != sorted(defined):
        yield f"uses the zones {sorted(used)} and defines {sorted(defined)}"


def main():
    for calendar in common.calendars():
        out = common.export(calendar)
        files = sorted(out.rglob("*.ics"))
        common.result(files, f"{calendar.parent.name} gives files")
        for file in files:
            found = list(faults(file.read_bytes()))
            if found:
                common.result(False, f"octets of {file.relative_to(out)} of {calendar.parent.name}", *found)
        common.result(True, f"octets of {len(files)} files of {calendar.parent.name} were read")
        shutil.rmtree(out)
    sys.exit(common.failed)


if __name__ == "__main__":
    main()
