"""Calendars that cost much for their size: INPUTS has a function for each, which takes a number of octets and returns the
files of a folder, by name, of about that many octets together.
"""

CALENDAR = "name: Agenda\ndomain: example.org\ntimezone: Europe/Amsterdam\nlanguage: nl\n" \
    "organizer: {name: Team, email: agenda@example.org}\n"
INPUTS = {}
# Those that are refused for more than their cost: what the run must say.
SAYS = {}


def kind(name, says=None):
    def add(function):
        INPUTS[name] = function
        SAYS[name] = says
        return function
    return add


def repeat(size, row, begin=""):
    """begin and then row(0), row(1), … as far as they fit."""
    parts, used, i = [begin], len(begin), 0
    while used < size:
        parts.append(row(i))
        used += len(parts[-1])
        i += 1
    return "".join(parts)


def events(size, row, calendar=CALENDAR):
    return {"calendar.yaml": calendar, "events.yaml": repeat(size, row, "events:\n")}


def event(more, begin="start: 2021-01-04 10:00, end: 11:00"):
    """A function that writes an event of its number, with more."""
    return lambda i: "- {id: e%d, summary: S%d, %s%s}\n" % (i, i, begin, more.replace("%d", str(i)))


def one_event(more, calendar=CALENDAR):
    return {"calendar.yaml": calendar,
            "events.yaml": "events:\n- id: e\n  summary: S\n  start: 2021-01-04 10:00\n  end: 11:00\n" + more}


def listed(key, size, item, before=""):
    """An event with a long list."""
    return one_event(before + "  " + key + ":\n" + repeat(size, lambda i: "  - " + item(i) + "\n"))


def day(i):
    """A date of its own for each number."""
    year, rest = divmod(i, 12 * 28)
    month, date = divmod(rest, 28)
    return "%04d-%02d-%02d" % (1700 + year % 2700, month + 1, date + 1)


# --- dates of rules ------------------------------------------------------------------------------------------------
@kind("rules-until", "too-large")
def rules_until(size):
    return events(size, event(", rrule: FREQ=DAILY;UNTIL=44991231", "start: 1700-01-01 10:00, end: 11:00"))


@kind("rules-count", "too-large")
def rules_count(size):
    return events(size, event(", rrule: FREQ=DAILY;COUNT=999"))


@kind("rules-month", "too-large")
def rules_month(size):
    return events(size, event(", rrule: FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=999", "start: 2021-01-31 10:00, end: 11:00"))


@kind("rules-endless", "too-large")
def rules_endless(size):
    return events(size, event(", rrule: FREQ=DAILY"))


@kind("rules-far", "too-large")
def rules_far(size):
    """An endless rule is followed as far as a feed asks."""
    return events(size, event(", rrule: FREQ=WEEKLY"), CALENDAR + "feeds: [{id: f, name: F, until: 4400-01-01}]\n")


@kind("rules-none")
def rules_none(size):
    """Dates that never come."""
    return events(size, event(", rrule: FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2;COUNT=3", "start: 2021-02-01, end: 2021-02-01"))


@kind("rules-leap")
def rules_leap(size):
    return events(size, event(", rrule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=600", "start: 2024-02-29"))


@kind("rule-days")
def rule_days(size):
    return one_event("  rrule: FREQ=WEEKLY;BYDAY=" + "MO," * (size // 3) + "MO;COUNT=3\n")


@kind("rule-parts")
def rule_parts(size):
    return one_event("  rrule: FREQ=WEEKLY;" + "COUNT=3;" * (size // 8) + "\n")


@kind("rule-commas")
def rule_commas(size):
    return one_event("  rrule: " + "FREQ=WEEKLY," * (size // 12) + "\n")


@kind("rule-months")
def rule_months(size):
    return one_event("  rrule: FREQ=MONTHLY;BYMONTHDAY=" + "4," * (size // 2) + "4;COUNT=3\n")


# --- lists of an event ---------------------------------------------------------------------------------------------
@kind("exdates", "too-large")
def exdates(size):
    return listed("exdate", size, lambda i: day(i) + " 10:00", "  rrule: FREQ=DAILY;COUNT=9000\n")


@kind("exdates-wrong", "too-large")
def exdates_wrong(size):
    return listed("exdate", size, lambda i: day(i) + " 11:00", "  rrule: FREQ=DAILY;COUNT=9000\n")


@kind("exdates-many")
def exdates_many(size):
    """As long as a list may be, in several events."""
    return events(size, lambda i: event(", rrule: FREQ=DAILY;COUNT=9000, exdate: [" + ", ".join(
        day(j) + " 11:00" for j in range(900)) + "]")(i))


@kind("rdates")
def rdates(size):
    return listed("rdate", size, lambda i: day(i) + " 10:00")


@kind("overrides", "too-large")
def overrides(size):
    return listed("overrides", size, lambda i: "{recurrence-id: %s 10:00, summary: T}" % day(i),
                  "  rrule: FREQ=DAILY;COUNT=9000\n")


@kind("overrides-rdates")
def overrides_rdates(size):
    dates = [day(2000 + j) + " 10:00" for j in range(300)]
    return events(size, lambda i: "- id: e%d\n  summary: S%d\n  start: 2021-01-04 10:00\n  end: 11:00\n" % (i, i) +
                  "  rdate:\n" + "".join("  - %s\n" % date for date in dates) + "  overrides:\n" +
                  "".join("  - {recurrence-id: %s, summary: T%d}\n" % (date, i) for date in dates))


@kind("overrides-same", "too-large")
def overrides_same(size):
    return listed("overrides", size, lambda i: "{recurrence-id: 2021-02-04 10:00, summary: T%d}" % i,
                  "  rdate: [2021-02-04 10:00]\n")


@kind("categories", "too-large")
def categories(size):
    return listed("categories", size, lambda i: "categorie-%d" % i)


@kind("categories-added", "too-large")
def categories_added(size):
    return listed("add-categories", size, lambda i: "categorie-%d" % i, "  categories: [a]\n")


@kind("details", "too-large")
def details(size):
    return one_event("  details:\n" + repeat(size, lambda i: "    Regel %d: tekst\n" % i))


@kind("attachments", "too-large")
def attachments(size):
    return listed("attach", size, lambda i: "https://example.org/%d" % i)


@kind("details-shared")
def details_shared(size):
    """A type's details go to each event that has some of its own."""
    words = ", ".join("L%d: t" % i for i in range(90))
    return events(size, lambda i: event(", type: t, details: {%s}" % ", ".join("M%d: t" % j for j in range(90)))(i),
                  CALENDAR + "types: {t: {name: T, details: {%s}}}\n" % words)


# --- names ---------------------------------------------------------------------------------------------------------
def types(size):
    return CALENDAR + "types:\n" + repeat(size, lambda i: "  type-%d: {name: T%d}\n" % (i, i))


@kind("types-unknown", "too-large")
def types_unknown(size):
    return events(size // 2, event(", type: soort-%d"), types(size // 2))


@kind("types-most")
def types_most(size):
    """As many types as there may be."""
    return events(size, event(", type: tipe-%d"), types(min(size // 8, 24000)))


@kind("types-near")
def types_near(size):
    return events(size, event(", type: tpye-%d"), types(min(size // 8, 24000)))


@kind("types-of-feeds")
def types_of_feeds(size):
    return {"calendar.yaml": types(min(size // 8, 24000)) + "feeds:\n" + repeat(
        size, lambda i: "- id: f%d\n  name: F\n  types:\n%s" % (i, "".join("  - tipe-%d\n" % j for j in range(900)))),
            "events.yaml": "events: [{id: a, summary: A, start: 2021-01-01}]\n"}


@kind("parts-unknown")
def parts_unknown(size):
    return events(size, event(", part-of: f%d"))


@kind("parts-chain")
def parts_chain(size):
    return events(size, lambda i: event(", part-of: e%d" % (i + 1))(i))


@kind("parts-circle")
def parts_circle(size):
    return events(size, lambda i: event(", part-of: e%d" % (i + 1 if (i + 1) % 999 else i - 998))(i))


@kind("zones-unknown")
def zones_unknown(size):
    return events(size, event(", timezone: Europe/Amsterdum%d"))


@kind("zones")
def zones(size):
    names = ("Europe/Amsterdam Europe/London America/New_York Asia/Tokyo Africa/Cairo Asia/Kolkata Europe/Paris "
             "Australia/Sydney America/Lima Asia/Tehran Africa/Lagos Europe/Oslo Europe/Rome Asia/Seoul "
             "America/Bogota Pacific/Apia").split()
    return events(size, lambda i: event(", timezone: " + names[i % len(names)])(i))


@kind("keys-unknown")
def keys_unknown(size):
    """An unknown key in each event."""
    return events(size, lambda i: "- {id: e%d, summary: S%d, start: 2021-01-01, sumary: T}\n" % (i, i))


@kind("ids-same")
def ids_same(size):
    return events(size, lambda i: "- {id: e, summary: S, start: 2021-01-01}\n")


@kind("duplicates")
def duplicates(size):
    return events(size, lambda i: "- {id: e%d, summary: S, start: 2021-01-01}\n" % i)


@kind("uids-same")
def uids_same(size):
    return events(size, lambda i: "- {id: e%d, uid: u@example.org, summary: S%d, start: 2021-01-01}\n" % (i, i))


# --- feeds ---------------------------------------------------------------------------------------------------------
def feeds(size, more):
    return CALENDAR + "feeds:\n" + repeat(size, lambda i: "- {id: f%d, name: F%d%s}\n" % (i, i, more(i)))


@kind("feeds")
def feeds_many(size):
    return {"calendar.yaml": feeds(size, lambda i: ", categories: [x%d]" % i),
            "events.yaml": "events: [{id: a, summary: A, start: 2021-01-01}]\n"}


@kind("feeds-events")
def feeds_events(size):
    """As many feeds as there may be, which take in nothing."""
    return events(size, event(", categories: [a, b, c]"), feeds(min(size // 8, 40000), lambda i: ", categories: [x%d]" % i))


@kind("feeds-categories", "too-large")
def feeds_categories(size):
    wanted = ", ".join("x%d" % i for i in range(size // 20))
    return listed("categories", size // 2, lambda i: "y%d" % i) | {
        "calendar.yaml": feeds(100, lambda i: ", categories: [%s]" % wanted)}


@kind("feeds-categories-most")
def feeds_categories_most(size):
    """As long as the lists may be, an event's against a feed's."""
    return events(size, lambda i: event(", categories: [%s]" % ", ".join("y%d" % j for j in range(100)))(i),
                  feeds(8000, lambda i: ", categories: [%s]" % ", ".join("x%d" % j for j in range(900))))


@kind("feeds-rules")
def feeds_rules(size):
    """Each feed looks for days that no rule has."""
    return events(size // 50, event(", rrule: FREQ=DAILY;COUNT=5000"),
                  feeds(size, lambda i: ", from: 4000-01-01"))
