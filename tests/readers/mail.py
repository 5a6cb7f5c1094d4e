"""Python's email package reads mail messages back: the names, subjects, texts and calendars that went in, no defect."""
import datetime
import email
import email.policy
import json
import os
import pathlib
import random
import re
import subprocess
import sys
from email.header import decode_header, make_header

import common

PRINT = pathlib.Path(os.environ.get("BUILD", common.ROOT / "build")) / "readers" / "message"
FIELDS = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
BLANKS = re.compile(" +")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
BASE = {
    "from_name": "Eén tegen eenzaamheid",
    "from_address": "team@example.org",
    "to_name": "Lid",
    "to_address": "lid@example.org",
    "subject": "Masterclass Signaleren van eenzaamheid",
    "date": 1608195600,
    "seed": "masterclass",
    "domain": "example.org",
    "method": "REQUEST",
    "text": "Donderdag 21 januari 2021, 14:00 tot 16:00\n\nTot dan!\n",
    "calendar": "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Café\\, thee 😀\r\nEND:VCALENDAR\r\n",
}
LINES = [
    "", "é", "coördinatie", 'Lid "van verdienste"', "lid, een", "lid; een: van", "back\\slash", '\\"', '"', "\\", "a@b",
    "naam <x@example.org>", "(haakjes)", "a (b", "a) b", "😀", "👩‍👩‍👧‍👦 gezin", "e\u0301", "שלום", "日本語", "a.b", "Drs. ir.", "'t Huis",
    "=?utf-8?q?x?=", "=?", "?=", "a =?b", "=", "_", "a_b", "a  b", " a", "a ", "a\tb", "é  é", "Week 40: t/m 7 oktober?",
    "\u00a0a\u3000", "\ufeff", "\U0010ffff", "#eenkleingebaar", "From: x", "Bcc: x@example.org",
    "x" * 69, "x" * 70, "x" * 71, "x" * 500, "é" * 500, "😀" * 500, "woord " * 83, "é " * 250, "a" * 68 + ' "', '"' * 500,
    "=?" * 250, "lang " + "y" * 100 + " woord", ("x" * 68 + " ") * 7,
    # header injection
    "a\r\nBcc: x@example.org", "a\nBcc: x@example.org", "a\rBcc: x@example.org", "a\r\n\r\nbody", "é\r\nBcc: x@example.org",
    "a\r\n Bcc: x@example.org", "\r\n\r\n", "a\0b", "a\x0bb\x0cc", "a\x1cb\x1dc\x1ed", "a\x85b", "a\u2028b\u2029c", "a\x7fb",
    'a"\r\nBcc: x@example.org', "a?=\r\nBcc: x@example.org",
]
TEXTS = [
    "", "\n", "\n\n\n", "a", "a\r\nb\r\n", ".\n", "een\n.\n", "een\n.\ntwee\n..\n", "From hier\n", "een\nFrom daar\nFrom\n", "From ",
    "blank \n", "tab\t\nblanks   ", " \n \n", "x" * 2000, "é" * 2000 + "\n", "een woord " * 200 + "\n", "." * 2000, "From " * 400,
    "=" * 2000, "--=_evcal\n--=_evcal--\n", "=C3=A9 = \n", "a\rb", "a\0b", "\ufeffa", "a\u2028b", "Geen\fpagina", "a\x85b",
    " " * 2000, "x" * 75 + "\n" + "x" * 76 + "\n" + "x" * 77 + "\n", "x" * 75 + " \n" + "x" * 74 + " \n" + "x" * 76 + " ",
]


def anything(chance, most):
    """A random text: some letters of everywhere in Unicode, some that mail has a use for."""
    def letter():
        point = chance.choice([0x80, 0x300, 0x3000, 0x10000, 0x110000])
        while 0xd800 <= (found := chance.randrange(point)) < 0xe000:
            pass
        return chance.choice([chr(found), chr(found), chance.choice(' "\\<>@,;:()=?_.\r\n\té😀')])
    return "".join(letter() for _ in range(chance.randrange(most)))


def cases():
    """The values of every message."""
    yield {}
    for line in LINES:
        yield {"to_name": line, "from_name": line, "subject": line}
    for text in TEXTS:
        yield {"text": text}
    for address in ["a" * 64 + "@" + "b" * 60 + ".example.org", "!#$%&'*+/=?^_`{|}~-@example.org", "a.b@sub.example.org"]:
        yield {"to_address": address, "from_address": address}
        yield {"to_address": address, "to_name": ""}
    for date in [0, -1, 951827696, 4102444800, 79839129600]:
        yield {"date": date}
    for calendar in ["", "\r\n", "BEGIN:VCALENDAR\n", " a\t\r\r\n", "DESCRIPTION:" + "é" * 3000 + "\r\n", "\0\x7f\u2028\U0010ffff"]:
        yield {"calendar": calendar, "method": "CANCEL"}
    yield {"domain": "een-heel-lange-naam-van-een-domein." * 6 + "example.org"}
    chance = random.Random(2021)
    for _ in range(400):
        yield {"from_name": anything(chance, 40), "to_name": anything(chance, 120), "subject": anything(chance, 300),
               "text": anything(chance, 600), "calendar": anything(chance, 600), "seed": anything(chance, 40),
               "date": chance.randrange(-2**33, 2**36)}


def printed(values):
    """The messages that the program makes of them."""
    lines = "".join(json.dumps(value) + "\n" for value in values)
    data = subprocess.run([PRINT], input=lines.encode(), stdout=subprocess.PIPE, check=True).stdout
    while data:
        size, _, data = data.partition(b"\n")
        yield data[:int(size)]
        data = data[int(size):]


def one_line(text):
    """A name or subject as a header can have it."""
    return CONTROL.sub(" ", text).strip(" ")


def octet_faults(data):
    """What is wrong with the form of the octets."""
    if not data.endswith(b"\r\n") or data.count(b"\n") != data.count(b"\r\n") or data.count(b"\r") != data.count(b"\r\n"):
        yield "a line does not end in CRLF"
    if re.search(rb"[^\t\r\n -~]", data):
        yield "an octet is not printable ASCII"
    head, _, body = data.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        if len(line) > 76 and not re.fullmatch(rb"(|From:|To:|Message-ID:) <[^ <>]+>", line):
            yield f"a header line has {len(line)} octets"
        if not line.strip() or any(len(word) > 75 for word in re.findall(rb"=\?\S*\?=", line)):
            yield f"a header line is {line}"
    for line in body.split(b"\r\n"):
        if len(line) > 76 or line.endswith((b" ", b"\t")) or line.startswith((b".", b"From ")):
            yield f"a line of a part is {line}"


def is_long(message, field, name, address):
    """Whether a name of several encoded words is right: Python 3.11's newer parser keeps the blanks between them, which
    RFC 2047, 6.2 says to drop; the older one of the same package does drop them."""
    raw = dict(message.raw_items())[field]
    return re.search(r"\?=\s+=\?", raw) and str(make_header(decode_header(raw))) == f"{name} <{address}>"


def header_faults(message, value):
    """What the headers say, against what they should."""
    if message.keys() != FIELDS:
        yield f"the headers are {message.keys()}"
    for field, key in (("From", "from"), ("To", "to")):
        name, address = one_line(value[f"{key}_name"]), value[f"{key}_address"]
        found = [(found.display_name, found.addr_spec) for found in message[field].addresses]
        # Python makes one blank of many in a name, or not.
        same = [(BLANKS.sub(" ", one), mail) for one, mail in found] == [(BLANKS.sub(" ", name), address)]
        if not same and not is_long(message, field, name, address):
            yield f"{field} is {found}, not {name!a}"
    if message["Subject"] != one_line(value["subject"]):
        yield f"the subject is {message['Subject']!a}, not {one_line(value['subject'])!a}"
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    if message["Date"].datetime != epoch + datetime.timedelta(seconds=value["date"]):
        yield f"the date is {message['Date']}"
    if not re.fullmatch(rf"<[0-9a-f]{{32}}\.0@{re.escape(value['domain'])}>", message["Message-ID"]):
        yield f"the id is {message['Message-ID']}"
    for part in message.walk():
        defects = [*part.defects, *(defect for field in part.values() for defect in field.defects)]
        if defects:
            yield f"{part.get_content_type()} has the defects {defects}"


def part_faults(message, value, newline):
    """What the parts hold, against what they should."""
    kinds = [(part.get_content_type(), dict(part["Content-Type"].params)) for part in message.iter_parts()]
    if message.get_content_type() != "multipart/alternative" or kinds != [
            ("text/plain", {"charset": "utf-8"}), ("text/calendar", {"method": value["method"], "charset": "utf-8"})]:
        yield f"the parts are {kinds}"
        return
    text, calendar = (part.get_payload(decode=True) for part in message.iter_parts())
    if text != re.sub("\r?\n", newline, value["text"]).encode():
        yield f"the text is {text}"
    if calendar != value["calendar"].encode():
        yield f"the calendar is {calendar}"


def faults(data, value):
    """All that is wrong with one message, as it goes out and as "sendmail" gets it from a system with LF."""
    yield from octet_faults(data)
    message = email.message_from_bytes(data, policy=email.policy.default)
    yield from header_faults(message, value)
    yield from part_faults(message, value, "\r\n")
    message = email.message_from_bytes(data.replace(b"\r\n", b"\n"), policy=email.policy.default)
    yield from header_faults(message, value)
    yield from part_faults(message, value, "\n")


VALUES = [{**BASE, **case} for case in cases()]
MESSAGES = list(printed(VALUES))
common.result(len(MESSAGES) == len(VALUES), f"{len(VALUES)} mail messages were made")
bad = 0
for one, what in zip(MESSAGES, VALUES):
    wrong = list(faults(one, what))
    if wrong:
        bad += 1
        common.result(False, f"a mail message of {({key: what[key] for key in what if what[key] != BASE[key]})!a:.300}", *wrong)
common.result(not bad, "Python's email package reads back what went into them")
ids = {email.message_from_bytes(one)["Message-ID"] for one in MESSAGES}
common.result(len(ids) == len({(what["seed"], what["domain"]) for what in VALUES}), "an id for each seed and domain")
common.result(MESSAGES == list(printed(VALUES)), "the same values give the same octets")
sys.exit(common.failed)
