"""What costs much for its size, or would if it were read by somebody careless: a function for each kind, which returns the
files of about so many bytes. "events/…" is the calendar directory; the value of "command" is how evcal is called.
"""
CALENDAR = """name: Test
domain: example.org
timezone: Europe/Amsterdam
organizer: {name: Test, email: test@example.org}
"""
EVENT = "  - {id: a, summary: A, start: 2027-03-09 14:00, end: 16:00, %s}\n"
INPUTS = {}


def kind(function):
    INPUTS[function.__name__] = function
    return function


def events(text, calendar="", **files):
    return {"events/calendar.yaml": CALENDAR + calendar, "events/a.yaml": text, **files}


def fill(size, line):
    """Lines of line % number, up to a size."""
    lines, left, number = [], size, 0
    while left > 0:
        text = line % number if "%" in line else line
        lines.append(text)
        left -= len(text.encode("utf-8", "surrogateescape"))
        number += 1
    return "".join(lines)


def one(size, key, unit, begin="", end=""):
    """An event whose one value is a unit over and over."""
    return events("events:\n" + EVENT % (key + ": " + begin + unit * (size // len(unit.encode())) + end))


# --- lines and places -------------------------------------------------------------------------------------------------

@kind
def events_on_one_line(size):
    return events("events: [" + fill(size, "{id: e-%d, sumary: x, start: 2027-03-09}, ").rstrip(", ") + "]\n")


@kind
def keys_on_one_line(size):
    return events("events: [{" + fill(size, "k%d: x, ").rstrip(", ") + "}]\n")


@kind
def wide_characters_on_one_line(size):
    return events("events: [" + fill(size, "{id: e-%d, sumary: één}, ").rstrip(", ") + "]\n")


@kind
def carriage_returns(size):
    return events("events: []" + "\r" * size)


@kind
def carriage_returns_with_keys(size):
    return events("events:\r" + fill(size, "  - id: e-%d\r    sumary: x\r"))


@kind
def line_separators(size):
    return events("events: [" + fill(size, "{id: e-%d, sumary: x},\u2028") + "]\n")


@kind
def empty_lines(size):
    return events("events: []\n" + "\n" * size)


@kind
def comments(size):
    return events("events: []\n" + fill(size, "# %d\n"))


@kind
def one_key(size):
    return events("events: []\n" + "k" * size + ": x\n")


@kind
def one_text(size):
    return one(size, "description", "woord ")


@kind
def one_quoted_text_of_lines(size):
    return one(size, "description", "woord\\n", "\"", "\"")


@kind
def one_block_of_short_lines(size):
    return events("events:\n  - id: a\n    summary: A\n    start: 2027-03-09\n    description: |\n" + fill(size, "      w\n"))


@kind
def blanks_in_front(size):
    return events("events:\n" + " " * size + "- id: a\n")


# --- YAML -------------------------------------------------------------------------------------------------------------

@kind
def anchors(size):
    return events("events: []\nx:\n" + fill(size, "- &a%d\n"))


@kind
def anchored_texts(size):
    return events("events: []\nx:\n" + fill(size, "- &a%d x\n"))


@kind
def aliases(size):
    return events("events: []\nx:\n" + "".join(f"- &a{i} x\n- *a{i}\n" for i in range(size // 18)))


@kind
def aliases_of_the_first(size):
    return events("events: []\nx:\n- &a x\n" + fill(size // 2, "- &b%d x\n") + fill(size // 2, "- *a\n"))


@kind
def alias_bomb(size):
    lines = ["x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n"]
    for i in range(1, size // 60):
        lines.append(f"x{i}: &x{i} [{', '.join([f'*x{i - 1}'] * 10)}]\n")
    return events("events: []\n" + "".join(lines))


@kind
def merge_keys(size):
    return events("x: &x {" + ", ".join(f"k{i}: v" for i in range(50)) + "}\nevents:\n" + fill(size, "  - {<<: *x, id: e-%d}\n"))


@kind
def merge_keys_of_one(size):
    return events("x: &x {a: b}\nevents:\n  - id: a\n" + fill(size, "    <<: *x\n"))


@kind
def tags(size):
    return events("events: []\nx:\n" + fill(size, "- !t%d x\n"))


@kind
def repeated_keys(size):
    return events("events: []\n" + fill(size, "x: y\n"))


@kind
def repeated_keys_of_items(size):
    return events("events:\n  -\n" + fill(size, "    id: e-%d\n    summary: A\n    start: 2027-03-09\n"))


@kind
def open_lists(size):
    return events("events: " + "[" * size)


@kind
def open_mappings(size):
    return events("events: " + "{a: " * (size // 4))


@kind
def lists_in_a_line(size):
    return events("events:\n" + "- " * (size // 2) + "a\n")


@kind
def open_quotes(size):
    return events("events:\n" + fill(size, "  - id: e-%d\n    summary: 's avonds\n"))


@kind
def one_open_quote(size):
    return events("events:\n  - id: a\n    summary: \"Open\n" + fill(size, "  - {id: e-%d, summary: A, start: 2027-03-09}\n"))


@kind
def texts_that_need_quotes(size):
    return events("events:\n" + fill(size, "  - id: e-%d\n    summary: A: b\n    start: 2027-03-09\n"))


@kind
def texts_in_braces_that_need_quotes(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: A: b, location: @x, start: 2027-03-09}\n"))


@kind
def texts_on_one_line_that_need_quotes(size):
    return events("events: [" + fill(size, "{id: e-%d, summary: A: b, location: @x}, ").rstrip(", ") + "]\n")


@kind
def open_brackets(size):
    return events("events:\n" + fill(size, "  - id: e-%d\n    categories: [a, b\n"))


@kind
def bad_escapes(size):
    return events("events:\n  - id: a\n    description: \"" + fill(size, "\\d\n      ") + "\"\n")


@kind
def bad_escapes_in_texts(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: \"C:\\d\", start: 2027-03-09}\n"))


@kind
def ampersands(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: &Meedoen, start: 2027-03-09}\n"))


@kind
def exclamation_marks(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: !Let op, start: 2027-03-09}\n"))


@kind
def undefined_aliases(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: *ster, start: 2027-03-09}\n"))


@kind
def commas(size):
    return events("events: [" + "," * size + "]\n")


@kind
def tabs(size):
    return events("events:\n" + fill(size, "\t- id: e-%d\n\t\tsummary: A\n\t\tstart: 2027-03-09\n"))


@kind
def tabs_in_front(size):
    return events("events:\n" + "\t" * size + "- id: a\n")


@kind
def tabs_in_front_of_lines(size):
    return events("events:\n" + fill(size, "\t" * 50 + "- id: e-%d\n"))


@kind
def signs(size):
    return events("events:\n" + fill(size, "  – id: e-%d\n    summary: A\n    start: 2027-03-09\n"))


@kind
def lines_aside(size):
    return events("events:\n" + fill(size, "  - id: e-%d\n     summary: A\n   start: 2027-03-09\n"))


@kind
def deeper_and_deeper(size):
    lines, depth = [], 0
    while size > 0:
        lines.append(" " * depth + "k:\n")
        size -= depth + 3
        depth += 1
    return events("events: []\n" + "".join(lines))


@kind
def texts_aside(size):
    return events("events:\n  - id: a\n    description: |\n      een\n" + fill(size, "    twee\n"))


@kind
def fences(size):
    return events(fill(size, "```\n") + "events: []\n")


@kind
def merge_markers(size):
    return events(fill(size, "<<<<<<< a\n=======\n>>>>>>> b\n"))


@kind
def documents(size):
    return events(fill(size, "---\nevents: []\n"))


@kind
def controls(size):
    return events("events:\n" + EVENT % "location: x" + "# " + "\x01" * size + "\n")


@kind
def unseen_in_front(size):
    return events("events:\n" + fill(size, "  - id: e-%d\n\u00a0\u00a0\u00a0\u00a0summary: A\n"))


@kind
def unseen_in_a_value(size):
    return one(size, "url", "\u200b", "https://example.org/")


@kind
def bidirectional(size):
    return one(size, "description", "a\u202e")


@kind
def no_utf8(size):
    return events("events:\n" + "\udcff" * size)


# --- words that are unknown --------------------------------------------------------------------------------------------

@kind
def unknown_keys(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: A, start: 2027-03-09, sumarry: x}\n"))


@kind
def unknown_types(size):
    return events("events:\n" + fill(size // 2, "  - {id: e-%d, summary: A, start: 2027-03-09, type: workshap%%d}\n".replace("%%", "%%%%")).replace("%d", "x"),
                  "types:\n" + fill(size // 2, "  workshop%d: {name: W}\n"))


@kind
def unknown_types_each(size):
    return events("events:\n" + "".join(f"  - {{id: e-{i}, summary: A, start: 2027-03-09, type: workshap{i}}}\n" for i in range(size // 130)),
                  "types:\n" + "".join(f"  workshop{i}: {{name: W}}\n" for i in range(size // 56)))


@kind
def unknown_zones(size):
    return events("events:\n" + "".join(
        f"  - {{id: e-{i}, summary: A, start: 2027-03-09 14:00, end: 15:00, timezone: Europe/Amsterdum{i}}}\n" for i in range(size // 96)))


@kind
def unknown_events(size):
    return events("events:\n" + "".join(
        f"  - {{id: event-{i}, summary: A {i}, start: 2027-03-09, part-of: evemt-{i}x}}\n" for i in range(size // 75)))


@kind
def unknown_colors(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: A, start: 2027-03-09, color: lightgoldenrodyelow}\n"))


@kind
def parts_in_a_chain(size):
    return events("events:\n" + "".join(
        f"  - {{id: e-{i}, summary: A {i}, start: 2027-03-09, part-of: e-{i + 1}}}\n" for i in range(size // 65)))


@kind
def parts_in_a_circle(size):
    count = size // 65
    return events("events:\n" + "".join(
        f"  - {{id: e-{i}, summary: A {i}, start: 2027-03-09, part-of: e-{(i + 1) % count}}}\n" for i in range(count)))


@kind
def ids_of_one_word(size):
    return events("events:\n" + fill(size, "  - {id: a, summary: A %d, start: 2027-03-09}\n"))


@kind
def uids_of_one_word(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, uid: a@example.org, summary: A, start: 2027-03-09}\n"))


@kind
def events_all_the_same(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: A, start: 2027-03-09}\n"))


@kind
def events_at_once_in_a_room(size):
    return events("events:\n" + "".join(
        f"  - {{id: e-{i}, summary: A {i}, start: 2027-03-09 14:00, end: 16:00, location: Zaal}}\n" for i in range(size // 80)),
        "rooms: [Zaal]\n")


@kind
def events_at_once_online(size):
    return events("events:\n" + "".join(
        f"  - {{id: e-{i}, summary: A {i}, start: 2027-03-09 14:00, end: 16:00, conference: https://example.org/}}\n"
        for i in range(size // 98)))


# --- lists and rules -----------------------------------------------------------------------------------------------------

@kind
def categories(size):
    return events("events:\n" + EVENT % ("categories: [" + fill(size, "c%d, ").rstrip(", ") + "]"))


@kind
def categories_of_feeds(size):
    return events("events:\n" + EVENT % ("categories: [" + fill(size // 2, "c%d, ").rstrip(", ") + "]"),
                  "feeds:\n  - {id: f, name: F, categories: [" + fill(size // 2, "d%d, ").rstrip(", ") + "]}\n")


@kind
def feeds(size):
    return events("events:\n" + fill(size // 2, "  - {id: e-%d, summary: A %%s, start: 2027-03-09}\n".replace("%%s", "x")),
                  "feeds:\n" + fill(size // 2, "  - {id: f-%d, name: F, types: [t]}\n") + "types:\n  t: {name: T}\n")


@kind
def feeds_of_all(size):
    return events("events:\n" + fill(size // 4, "  - {id: e-%d, summary: A, start: 2027-03-09}\n"),
                  "feeds:\n" + fill(size // 4, "  - {id: f-%d, name: F}\n"))


@kind
def types(size):
    return events("events: []\n", "types:\n" + fill(size, "  t-%d: {name: T, required: [location]}\n"))


@kind
def required_keys(size):
    return events("events:\n" + fill(size // 2, "  - {id: e-%d, type: t, summary: A, start: 2027-03-09}\n"),
                  "types:\n  t: {name: T, required: [" + ("location, url, " * (size // 30)).rstrip(", ") + "]}\n")


@kind
def details(size):
    return events("events:\n" + EVENT % ("details: {" + fill(size, "Label %d: x, ").rstrip(", ") + "}"))


def dates(size):
    import datetime
    day = datetime.date(2027, 3, 9)
    return ", ".join(str(day + datetime.timedelta(days=7 * i)) for i in range(size // 12))


@kind
def exdates(size):
    return events("events:\n" + EVENT % f"rrule: FREQ=WEEKLY;COUNT=999, exdate: [{dates(size)}]")


@kind
def rdates(size):
    return events("events:\n" + EVENT % f"rdate: [{dates(min(size, 1000000))}]")


@kind
def overrides(size):
    import datetime
    day = datetime.date(2027, 3, 9)
    return events("events:\n  - id: a\n    summary: A\n    start: 2027-03-09 14:00\n    end: 16:00\n    rrule: FREQ=WEEKLY;COUNT=999\n    overrides:\n"
                  + "".join(f"      - {{recurrence-id: {day + datetime.timedelta(days=7 * i)}, summary: B {i}}}\n" for i in range(size // 55)))


@kind
def long_rules(size):
    return events("events:\n" + fill(
        size, "  - {id: e-%d, summary: A, start: 1700-03-09, rrule: FREQ=DAILY;UNTIL=44991231}\n"))


@kind
def rules_of_many_dates(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: A, start: 2027-03-09, rrule: FREQ=DAILY;COUNT=999}\n"))


@kind
def rules_of_last_days(size):
    return events("events:\n" + fill(
        size, "  - {id: e-%d, summary: A, start: 2027-03-31, rrule: FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=999}\n"))


@kind
def rules_in_utc(size):
    return events("events:\n" + fill(
        size, "  - {id: e-%d, summary: A, start: 2027-03-09 14:00Z, end: 2027-03-09 15:00Z, rrule: FREQ=WEEKLY;COUNT=999}\n"))


@kind
def rules_without_dates(size):
    return events("events:\n" + fill(
        size, "  - {id: e-%d, summary: A, start: 2027-03-09, rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9}\n"))


@kind
def one_rule_of_weekdays(size):
    return one(size, "rrule", "MO,", "\"FREQ=WEEKLY;BYDAY=", "TU\"")


@kind
def one_rule_of_parts(size):
    return one(size, "rrule", "X=1;", "\"FREQ=WEEKLY;", "COUNT=2\"")


@kind
def one_rule_of_digits(size):
    return one(size, "rrule", "9", "FREQ=WEEKLY;COUNT=")


@kind
def doubled_hours(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: A, start: 2027-10-31 02:30, end: 2027-10-31 02:45}\n"))


# --- texts ------------------------------------------------------------------------------------------------------------------

@kind
def links_to_one_definition(size):
    half = size // 2
    return events("events:\n  - id: a\n    summary: A\n    start: 2027-03-09\n    description: |\n      " + "[a] " * (half // 4)
                  + "\n\n      [a]: http://x.example/" + "x" * half + "\n")


@kind
def definitions(size):
    return events("events:\n  - id: a\n    summary: A\n    start: 2027-03-09\n    description: |\n" + fill(size, "      [a%d]: http://x.example/\n"))


@kind
def addresses(size):
    return one(size, "description", "www.a.b ")


@kind
def mail_addresses(size):
    return one(size, "description", "a@b.c ")


@kind
def links(size):
    return one(size, "description", "[a](/b) ", "\"", "\"")


@kind
def tags_in_texts(size):
    return one(size, "description", "<b>x", "\"", "\"")


@kind
def brackets_in_texts(size):
    return one(size, "description", "[", "\"", "\"")


@kind
def exclamations_in_texts(size):
    return one(size, "description", "![a](", "\"", "\"")


@kind
def stars_in_texts(size):
    return one(size, "description", "*a_", "\"", "\"")


@kind
def backticks_in_texts(size):
    return events("events:\n" + EVENT % ("description: \"" + " ".join("`" * i for i in range(1, int((2 * size) ** 0.5))) + "\""))


@kind
def quotes_in_texts(size):
    return one(size, "description", "> ", "\"", "\"")


@kind
def entities_in_texts(size):
    return one(size, "description", "&#x202e;", "\"", "\"")


@kind
def comments_in_texts(size):
    return one(size, "description", "<!--", "\"", "\"")


@kind
def hashes(size):
    return events("events:\n" + fill(size, "  - id: e-%d\n    summary: Workshop #2\n    start: 2027-03-09\n"))


@kind
def long_descriptions(size):
    return events("defaults:\n  description: &d |\n" + fill(min(size, 200000), "    Een regel met tekst %d.\n") + "events:\n" + fill(
        size, "  - {id: e-%d, summary: A, start: 2027-03-09}\n"))


@kind
def shared_descriptions(size):
    return events("x: &d |\n" + fill(size // 2, "  Een regel <b>tekst</b> %d.\n") + "events:\n" + fill(
        size // 2, "  - {id: e-%d, summary: A, start: 2027-03-09, description: *d}\n"))


@kind
def bad_ids(size):
    return events("events:\n" + fill(size, "  - {id: Één %d, summary: A, start: 2027-03-09}\n"))


@kind
def bad_dates(size):
    return events("events:\n" + fill(size, "  - {id: e-%d, summary: A, start: 9 februari}\n"))


# --- other files --------------------------------------------------------------------------------------------------------------

@kind
def files(size):
    return {**events("events: []\n"), **{f"events/f{i}.yaml": "events: [{sumary: x}]\n" for i in range(size // 200)}}


@kind
def revisions(size):
    return events("events: []\n", **{"events/revisions.yaml": fill(
        size, "e-%d@example.org: {sequence: 0, created: 2020-12-17T09:00:00Z, modified: 2020-12-17T09:00:00Z, ends: 2030-01-22, "
        "digest: a41ec8e562dd5f6a150d253df4e15556, schedule: eb3d657c64d55d3753c23a8c6f4b2721}\n")})


@kind
def revisions_of_one(size):
    return events("events: []\n", **{"events/revisions.yaml": fill(
        size, "a@example.org: {sequence: 0, created: 2020-12-17T09:00:00Z, modified: 2020-12-17T09:00:00Z, ends: 2030-01-22, "
        "digest: a41ec8e562dd5f6a150d253df4e15556, schedule: eb3d657c64d55d3753c23a8c6f4b2721}\n")})


@kind
def damaged_revisions(size):
    return events("events: []\n", **{"events/revisions.yaml": fill(size, "x\n")})


@kind
def one_path_in_the_manifest(size):
    return {**events("events:\n" + EVENT % "location: x"), "public/.evcal": "evcal 1\n" + "a" * 32 + " " + "p" * size + "\n",
            "command": ["export", "-o", "public"]}


@kind
def paths_in_the_manifest(size):
    return {**events("events:\n" + EVENT % "location: x"), "public/.evcal": "evcal 1\n" + fill(size, "a" * 32 + " events/%d.ics\n"),
            "command": ["export", "-o", "public"]}


def people(text):
    return {**events("events:\n" + EVENT % "location: x"), "people.csv": text, "command": ["invite", "a", "--attendees=people.csv"]}


@kind
def csv_with_an_open_quote(size):
    return people("naam;e-mail\n\"" + fill(size, "Lid %d;lid@example.org\n"))


@kind
def csv_with_bad_addresses(size):
    return people("naam;e-mail\n" + fill(size, "Lid;lid%d\n"))


@kind
def csv_of_one_person(size):
    return people("naam;e-mail\n" + fill(size, "Lid;lid@example.org\n"))


@kind
def csv_of_columns(size):
    return people("naam;e-mail" + ";x" * (size // 2) + "\n")


@kind
def csv_of_rows_of_other_length(size):
    return people("naam;e-mail\n" + fill(size, "Lid;lid@example.org;x\n"))


@kind
def csv_of_quotes(size):
    return people("naam;e-mail\n" + fill(size, "Lid \"x\" y;lid@example.org\n"))


@kind
def csv_of_blank_rows(size):
    return people("naam;e-mail\n" + fill(size, ";\n"))
