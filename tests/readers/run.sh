#!/usr/bin/env bash
# What was exported, read back by programs that nobody here wrote. The system's Python has Debian's packages.
set -u
cd "$(dirname "$0")" || exit 1
status=0
/usr/bin/python3 bytes.py || status=1
/usr/bin/python3 readers.py || status=1
/usr/bin/python3 recurrence.py || status=1
/usr/bin/python3 zones.py || status=1
/usr/bin/python3 mail.py || status=1
/usr/bin/python3 invites.py || status=1
exit "$status"
