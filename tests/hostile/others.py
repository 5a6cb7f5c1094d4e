"""The same of what is imported, lists of people, and what evcal remembers. A file of the name "" is the command in place of
validate; FOLDER in it is the calendar's folder.
"""
from inputs import CALENDAR, day, kind, one_event, repeat

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
MANIFEST = "# evcal 1: the files that evcal wrote here, each with its digest\n"
PLAIN = {"calendar.yaml": CALENDAR, "a.yaml": "events:\n- {id: e, summary: S, start: 2021-01-04}\n"}


def vevent(i, more=""):
    return (f"BEGIN:VEVENT\r\nUID:u{i}@example.org\r\nSUMMARY:S{i}\r\nDTSTART:20210101T100000Z\r\nDTEND:20210101T110000Z\r\n"
            f"{more}END:VEVENT\r\n")


def imported(name, text):
    return {**PLAIN, name: text, "": f"import -C FOLDER FOLDER/{name}"}


def ics(name, row, begin=""):
    """Rows of an .ics file, each a component of its own."""
    kind(f"import-{name}")(lambda size: imported("x.ics", repeat(size, row, HEAD + begin)))


def one_vevent(name, row, begin=""):
    """Lines of one event."""
    kind(f"import-{name}")(lambda size: imported("x.ics", HEAD + vevent(0, repeat(size, row, begin))))


def compact(i):
    return day(i).replace("-", "")


ics("events", vevent)
ics("same", lambda i: vevent(0))
ics("no-title", lambda i: "BEGIN:VEVENT\r\nDTSTART:20210101\r\nEND:VEVENT\r\n")
ics("no-start", lambda i: "BEGIN:VEVENT\r\nEND:VEVENT\r\n")
ics("rules", lambda i: vevent(i, "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=2\r\n"))
ics("tzids", lambda i: f"BEGIN:VEVENT\r\nUID:{i}\r\nDTSTART;TZID=Ergens{i}:20210101T100000\r\nEND:VEVENT\r\n")
ics("zones", lambda i: f"BEGIN:VTIMEZONE\r\nTZID:Z{i}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0017\r\n"
    f"TZOFFSETTO:+0017\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:{i}\r\nDTSTART;TZID=Z{i}:20210101T100000\r\n"
    "END:VEVENT\r\n")
ics("overrides", lambda i: f"BEGIN:VEVENT\r\nUID:u0@example.org\r\nRECURRENCE-ID:{compact(i)}T100000Z\r\nSUMMARY:x{i}\r\n"
    "DTSTART:20210101T110000Z\r\nEND:VEVENT\r\n", vevent(0, "RRULE:FREQ=DAILY;COUNT=900\r\n"))
ics("nested", lambda i: "BEGIN:X\r\n")
ics("open", lambda i: "BEGIN:VEVENT\r\nBEGIN:VALARM\r\n")
ics("calendars", lambda i: HEAD + "END:VCALENDAR\r\n")
ics("todos", lambda i: "BEGIN:VTODO\r\nEND:VTODO\r\n")
one_vevent("exdates", lambda i: f"EXDATE:{compact(i)}T100000Z\r\n", "RRULE:FREQ=DAILY;COUNT=900\r\n")
one_vevent("rdates", lambda i: f"RDATE:{compact(i)}T100000Z\r\n")
one_vevent("many-rules", lambda i: f"RRULE:FREQ=MONTHLY;BYMONTHDAY={1 + i % 28},3,5\r\n")
one_vevent("properties", lambda i: f"X-A{i}:1\r\n")
one_vevent("attach", lambda i: f"ATTACH:https://example.org/{i}\r\n")
one_vevent("attendees", lambda i: f"ATTENDEE:mailto:a{i}@example.org\r\n")
one_vevent("alarms", lambda i: "BEGIN:VALARM\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n")
one_vevent("folds", lambda i: " y\r\n", "DESCRIPTION:x\r\n")
one_vevent("lost-folds", lambda i: "y\r\n", "DESCRIPTION:x\r\n")
one_vevent("marks", lambda i: " *a_b[ <\r\n", "DESCRIPTION:\r\n")
one_vevent("paragraphs", lambda i: " *a* x\\n\\n\r\n", "DESCRIPTION:\r\n")
one_vevent("meetings", lambda i: " https://zoom.us.x/\r\n", "DESCRIPTION:\r\n")
one_vevent("html", lambda i: " <b><i>\r\n", "X-ALT-DESC:\r\n")


@kind("import-rows")
def import_rows(size):
    return imported("x.csv", repeat(size, lambda i: f"T;{1 + i % 28}-{1 + i % 12}-2021;10:00\n", "Titel;Datum;Begintijd\n"))


@kind("import-bad-rows")
def import_bad_rows(size):
    return imported("x.csv", repeat(size, lambda i: "T;gisteren;nu\n", "Titel;Datum;Begintijd\n"))


@kind("import-columns")
def import_columns(size):
    names = ";".join(f"k{i}" for i in range(size // 20))
    return imported("x.csv", repeat(size, lambda i: ";" * (size // 20) + "1-1-2021\n", names + ";Datum\n"))


@kind("import-merges")
def import_merges(size):
    return imported("x.yaml", repeat(size, lambda i: "- {<<: *a, begin: 2021-01-01}\n", "meta:\n- &a {location: x}\nevents:\n"))


# --- people --------------------------------------------------------------------------------------------------------
def people(size, row, begin="naam;e-mail\n"):
    return {**PLAIN, "p.csv": repeat(size, row, begin), "": "invite e -C FOLDER --attendees=FOLDER/p.csv -o FOLDER/out"}


@kind("people-bad", "bad-attendee")
def people_bad(size):
    return people(size, lambda i: f"Lid {i};geen adres {i}\n")


@kind("people-twice", "duplicate-attendee")
def people_twice(size):
    return {**people(size, lambda i: "Lid;lid@example.org\n")}


@kind("people-quote", "bad-csv")
def people_quote(size):
    return people(size, lambda i: f"Lid;\"lid{i}@example.org\n")


@kind("people-columns")
def people_columns(size):
    return people(size, lambda i: ";", "naam;e-mail;")


# --- what is remembered --------------------------------------------------------------------------------------------
@kind("revisions-many")
def revisions_many(size):
    return {**PLAIN, "revisions.yaml": repeat(size, lambda i: f"u{i}@example.org: {{sequence: 0, created: 2020-12-17T09:00:00Z, "
                                              "modified: 2020-12-17T09:00:00Z, ends: 2020-12-18, digest: 0, schedule: 0}\n")}


@kind("revisions-damaged", "revisions-damaged")
def revisions_damaged(size):
    return {**PLAIN, "revisions.yaml": repeat(size, lambda i: f"u{i}: {{sequence: x}}\n")}


@kind("manifest")
def manifest(size):
    return {**PLAIN, "out/.evcal": repeat(size, lambda i: f"{i:032x} events/e{i}.ics\n", MANIFEST), "": "export -C FOLDER -o FOLDER/out --dry-run"}


# --- texts and YAML ------------------------------------------------------------------------------------------------
@kind("links-defined")
def links_defined(size):
    return one_event("  description: |\n    [a]: https://example.org/" + "x" * (size // 4) + "\n\n    " + "[a] " * (size // 6) + "\n")


@kind("alias-descriptions")
def alias_descriptions(size):
    text = "*a* " * (min(size, 200_000) // 8)
    return {**PLAIN, "a.yaml": repeat(size, lambda i: f"- {{id: e{i}, summary: S{i}, start: 2021-01-04, description: *d}}\n",
                                      f"events:\n- {{id: e, summary: S, start: 2021-01-04, description: &d '{text}'}}\n")}


@kind("page-intro")
def page_intro(size):
    return {**PLAIN, "calendar.yaml": CALENDAR + "publish-url: https://example.org\npage:\n  intro: |\n"
            + repeat(size, lambda i: f"    *a* [b](https://example.org/{i}) <b>\n")}


@kind("page-links")
def page_links(size):
    return {**PLAIN, "calendar.yaml": CALENDAR + "publish-url: https://example.org\npage:\n  links:\n"
            + repeat(size, lambda i: f"    L{i}: https://example.org/{i}\n")}


@kind("unknown-keys-line")
def unknown_keys_line(size):
    return {**PLAIN, "a.yaml": "events: [{id: e, summary: S, start: 2021-01-04, " + repeat(size, lambda i: f"k{i}: 1, ") + "z: 1}]\n"}
