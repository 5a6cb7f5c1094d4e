"""Events that are right, and slips in them: one value of an event in a wrong form, as people type, copy and paste it.

A slip says whether it is sure what was meant. Then "validate --fix" must give back what the event was.
"""
import random

MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()
ENGLISH = ("January February March April May June July August September October November December").split()
DAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
UNSEEN = ["\u200b", "\u00ad", "\u2060", "\u200e", "\ufeff"]
BLANKS = ["\u00a0", "\u202f", "\u2009"]
QUOTES = [("“", "”"), ("‘", "’"), ("„", "”"), ("«", "»")]
SPECIAL = set("-?:,[]{}#&*!|>'\"%@`~= ")


class Raw(str):
    """A value as it stands in YAML."""


def plain(text):
    """Whether YAML takes a text for itself, in braces too."""
    return (text and text[0] not in SPECIAL and text[-1] not in " :" and ": " not in text and " #" not in text
            and not set(text) & set(",[]{}\"\n"))


def quoted(rng, text):
    if "'" in text or "\\" in text and '"' not in text:
        return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')
    return "'%s'" % text if '"' in text or rng.random() < 0.5 else '"%s"' % text


def scalar(rng, text):
    return text if plain(text) and rng.random() < 0.7 else quoted(rng, text)


def written(rng, value):
    """A value as YAML, on one line."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, list):
        return "[%s]" % ", ".join(written(rng, item) for item in value)
    if isinstance(value, dict):
        return "{%s}" % ", ".join(f"{key}: {written(rng, item)}" for key, item in value.items())
    return scalar(rng, value)


COMMENT = "# noot"


def event_lines(rng, keys, flow, notes=0.0):
    """An event of a file: its keys and their values, one a line, perhaps with a note behind it, or all in braces."""
    pairs = [(key, written(rng, value)) for key, value in keys.items()]
    if flow:
        return "  - {%s}\n" % ", ".join(f"{key}: {value}" for key, value in pairs)
    return "".join(
        ("  - " if i == 0 else "    ") + f"{key}: {value}" + (f"  {COMMENT}" if rng.random() < notes else "") + "\n"
        for i, (key, value) in enumerate(pairs))


def laid_out(rng, text):
    """A file as some editors write it: with CRLF, with a byte order mark."""
    data = text.encode()
    if rng.random() < 0.1:
        data = data.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + data if rng.random() < 0.1 else data


# --- events ----------------------------------------------------------------------------------------------------------

def date(rng):
    return f"{rng.randint(2027, 2031)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def calendar_day(text):
    import datetime
    return datetime.date.fromisoformat(text[:10])


def later(text, days):
    import datetime
    return (calendar_day(text) + datetime.timedelta(days)).isoformat()


def event(rng, number):
    """The keys of an event without a fault, all of their values texts, lists or mappings."""
    day = date(rng)
    keys = {"id": f"les-{number}", "summary": f"Les {number} Luisteren"}
    timed = rng.random() < 0.7
    if timed:
        hour = rng.randint(8, 17)
        keys["start"] = f"{day} {hour:02}:{rng.choice(['00', '15', '30'])}"
        if rng.random() < 0.6:
            keys["end"] = f"{rng.randint(hour + 1, 21):02}:{rng.choice(['00', '30', '45'])}"
        else:
            keys["duration"] = rng.choice(["1h", "1h30m", "2h", "45m", "3h15m"])
    else:
        keys["start"] = day
        if rng.random() < 0.5:
            keys["end"] = later(day, rng.randint(1, 5))
    more = {
        "location": "Zaal 4 Utrecht",
        "description": "Kom langs en neem iets mee.",
        "url": f"https://www.example.org/les/{number}",
        "registration": {"url": f"https://www.example.org/aanmelden/{number}", "capacity": "25"},
        "geo": [f"52.{rng.randint(10, 99)}", f"5.{rng.randint(10, 99)}"],
        "categories": ["Utrecht", "Leren"],
        "status": rng.choice(["tentative", "confirmed", "cancelled"]),
        "class": rng.choice(["public", "private", "confidential"]),
        "show-as": rng.choice(["free", "tentative", "busy", "away"]),
        "priority": rng.choice(["high", "normal", "low"]),
        "color": rng.choice(["red", "blue", "green", "yellow", "purple", "gray"]),
        "image": "https://www.example.org/beeld.png",
        "attach": ["https://www.example.org/programma.pdf"],
        "contact": "Balie Utrecht",
        "organizer": {"name": "Balie", "email": "balie@example.org"},
        "reminder": rng.choice(["15m", "1h", "1d", "2h", "none"]),
        "timezone": rng.choice(["Europe/Amsterdam", "Europe/London", "Europe/Berlin"]),
        "weekday": DAYS[calendar_day(day).weekday()],
        "html": "true",
        "type": "workshop",
    }
    if rng.random() < 0.4:
        more["rrule"] = f"FREQ=WEEKLY;COUNT={rng.randint(4, 9)}" if rng.random() < 0.6 else (
            "FREQ=WEEKLY;UNTIL=" + later(day, 35).replace("-", ""))
        more["exdate"] = [later(day, 7), later(day, 14)]
        more["overrides"] = [{"recurrence-id": later(day, 21), "location": "Elders"}]
    elif rng.random() < 0.3:
        more["rdate"] = [later(day, 30), later(day, 61)]
    for key in rng.sample(sorted(more), rng.randint(2, 6)):
        keys[key] = more[key]
    if "exdate" in keys or "overrides" in keys:
        keys["rrule"] = more["rrule"]
    return keys


# --- forms of dates, times and durations ------------------------------------------------------------------------------

def date_forms(text, language="nl"):
    """[(form, whether it is sure)] of a date."""
    year, month, day = map(int, text.split("-"))
    weekday = calendar_day(text).weekday()
    forms = [
        f"{day}-{month}-{year}", f"{day:02}-{month:02}-{year}", f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}",
        f"{day}.{month}.{year}", f"{day} {MONTHS[month - 1]} {year}", f"{day} {MONTHS[month - 1][:3]} {year}",
        f"{day} {MONTHS[month - 1].capitalize()} {year}", f"{DAYS[weekday]} {day} {MONTHS[month - 1]} {year}",
        f"{DAYS[weekday][:2]} {day}-{month}-{year}", f"{day} {ENGLISH[month - 1]} {year}",
        f"{ENGLISH[month - 1]} {day}, {year}", f"{ENGLISH[month - 1][:3]} {day} {year}", f"{year}/{month}/{day}",
        f"{year}{month:02}{day:02}", f"{year}.{month:02}.{day:02}", text.replace("-", "–"), text.replace("-", "\u2011"),
        f"{day} {MONTHS[month - 1]} {year % 100}",
    ]
    if month < 10 or day < 10:
        forms.append(f"{year}-{month}-{day}")
    sure = [(form, True) for form in forms]
    if day < 20:
        sure.append((f"{day}-{month}-{year % 100}", True))
    sure.append((f"{day} {MONTHS[month - 1]}", False))
    sure.append((f"{DAYS[(weekday + 1) % 7]} {day} {MONTHS[month - 1]} {year}", False))
    sure.append((f"{year}-{month + 12}-{day:02}", False))
    return sure


def time_forms(text):
    hour, minute = map(int, text.split(":"))
    forms = [f"{hour:02}.{minute:02}", f"{hour:02}.{minute:02} uur", f"{hour:02}:{minute:02} uur",
             f"{hour}u{minute:02}",
             f"{hour:02}{minute:02} uur", f"{hour:02}:{minute:02}:00", f"{hour:02}:{minute:02}h",
             f"{hour % 12 or 12}:{minute:02} {'pm' if hour > 11 else 'am'}",
             f"{hour % 12 or 12}.{minute:02} {'p.m.' if hour > 11 else 'a.m.'}"]
    if not minute:
        forms += [f"{hour}u", f"{hour} uur", f"{hour}h"]
    if hour < 10:
        forms.append(f"{hour}:{minute:02}")
    return [(form, True) for form in forms]


def moment_forms(rng, text):
    day, _, time = text.partition(" ")
    if not time:
        return date_forms(day)
    days = date_forms(day) + [(day, True)]
    forms = []
    for form, sure in time_forms(time):
        written_day, day_sure = rng.choice(days)
        forms.append((written_day + rng.choice([" ", ", ", " om ", "  "]) + form, sure and day_sure))
    forms += [(f"{written_day} {time}", sure) for written_day, sure in date_forms(day)]
    forms += [(f"{day}T{time}:00", True), (f"{day} {time}:30", False), (f"{day}T{time}+05:00", False),
              (f"{day} {time[:2]}" if time.endswith(":00") else f"{day}, {time}", True)]
    return forms


def end_forms(rng, keys):
    end = keys["end"]
    start = keys["start"].partition(" ")[2]
    if len(end) != 5:
        return moment_forms(rng, end) + [("t/m " + end, True)]
    hour, minute = map(int, end.split(":"))
    forms = time_forms(end) + [("tot " + end, True), ("tot " + rng.choice(time_forms(end))[0], True)]
    if not minute:
        forms.append((str(hour), True))
    if hour > 12 and int(start[:2]) >= hour - 12 and not (int(start[:2]) == hour - 12 and minute > int(start[3:])):
        forms.append((f"{hour - 12}:{minute:02}" if hour - 12 < 10 else end + " uur", True))
        words = "een twee drie vier vijf zes zeven acht negen tien elf twaalf".split()
        if minute == 30:
            forms.append(("half " + words[(hour - 12) % 12], True))
    forms.append(("later", False))
    return forms


def duration_forms(text):
    minutes = 0
    number = ""
    for c in text:
        if c.isdigit():
            number += c
        else:
            minutes += int(number) * {"m": 1, "h": 60, "d": 1440, "w": 10080}[c]
            number = ""
    hours, rest = divmod(minutes, 60)
    if minutes % 1440 == 0:
        forms = [f"{minutes // 1440} dag", f"{minutes // 1440} dagen", f"{minutes // 1440}D"]
        return [(form, True) for form in forms]
    forms = [f"{minutes} min", f"{minutes} minuten", f"{minutes} M", f"{hours}:{rest:02}"]
    if not rest:
        forms += [f"{hours} uur", f"{hours}u", f"{hours} hours", f"{hours}H"]
    elif hours:
        forms += [f"{hours} uur en {rest} minuten", f"{hours}h {rest}m", f"{hours}u{rest}m",
                  Raw("{hours: %d, minutes: %d}" % (hours, rest)), Raw("{uur: %d, minuten: %d}" % (hours, rest))]
    if minutes == 90:
        forms += ["anderhalf uur", "1,5 uur", "1.5 h"]
    if minutes == 45:
        forms.append("drie kwartier")
    return [(form, True) for form in forms] + [("even", False), ("-1h", False)]


def unseen(rng, text):
    """A text with something in it that nobody sees."""
    if " " in text and rng.random() < 0.4:
        return text.replace(" ", rng.choice(BLANKS), 1)
    at = rng.choice([0, len(text), rng.randint(0, len(text))])
    return text[:at] + rng.choice(UNSEEN) + text[at:]


def typo(rng, word):
    """A slip of the pen within a word: two letters swapped, one left out, one twice."""
    for _ in range(20):
        at = rng.randint(1, len(word) - 2)
        slip = rng.choice([word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at + 1:],
                           word[:at] + word[at] + word[at:]])
        if slip != word:
            return slip
    return word + word[-1]


# --- slips of each key ------------------------------------------------------------------------------------------------

DUTCH = {
    "status": {"tentative": ["voorlopig"], "confirmed": ["bevestigd"],
               "cancelled": ["geannuleerd", "afgelast", "canceled"]},
    "class": {"public": ["openbaar"], "private": ["privé"], "confidential": ["vertrouwelijk"]},
    "show-as": {"free": ["vrij"], "tentative": ["voorlopig"], "busy": ["bezet"], "away": ["afwezig"]},
    "priority": {"high": ["hoog"], "normal": ["normaal"], "low": ["laag"]},
    "color": {"red": ["rood"], "blue": ["blauw"], "green": ["groen"],
              "yellow": ["geel"], "purple": ["paars"], "gray": ["grijs"]},
    "html": {"true": ["ja", "yes", "waar"]},
}
KEYS = {"location": ["locatie", "plaats", "waar"], "summary": ["titel", "title", "onderwerp"],
        "start": ["begin", "datum"],
        "end": ["einde", "dtend"], "duration": ["duur"], "description": ["omschrijving", "toelichting"],
        "registration": ["aanmelden"], "reminder": ["herinnering"], "image": ["afbeelding"],
        "contact": ["contactpersoon"],
        "rrule": ["herhaling"], "weekday": ["dag"], "type": ["soort"], "attach": ["bijlage"]}


def joined(values, by):
    return by.join(values)


def geo_forms(position):
    latitude, longitude = position
    return [(Raw(form), True) for form in (
        f"{latitude}, {longitude}", f'"{latitude};{longitude}"', f'"{latitude} {longitude}"',
        f"'{latitude}, {longitude}'",
        f"'{latitude.replace('.', ',')};{longitude.replace('.', ',')}'", f"'{latitude}° N, {longitude}° E'",
        f"{{lat: {latitude}, lon: {longitude}}}", f"[{latitude.replace('.', ',')}, {longitude.replace('.', ',')}]")]


def organizer_forms(person):
    name, email = person["name"], person["email"]
    return [(Raw(f"{name} <{email}>"), True), (Raw(f"'{email} ({name})'"), True), (Raw(f"{name}, {email}"), True),
            (Raw(email), False), (Raw(name), False)] + [
        (Raw(f"{{name: {name}, email: {form}}}"), True) for form in (
            f"mailto:{email}", f"<{email}>", f"'{email}.'", email.replace("@", " at "), email.replace("@", "(at)"))]


def url_forms(url):
    rest = url[len("https://"):]
    return [(form, True) for form in (rest, "htps://" + rest, "https//" + rest, "https:\\\\" + rest, "https:/" + rest,
                                      "http://https://" + rest)] + [
        ("zie de site", False), (rest.replace("/", " "), False)]


def text_forms(rng, text):
    """Slips of a text that is a word, a number and a word."""
    first, number, last = text.split(" ")
    return [
        (Raw(f'"{text}'), True), (Raw(f"{text} #{number}"), None),
        (Raw(f"“{text}”"), None), (f"<b>{text}</b>", True), (f"**{text}**", True),
        (f"[{first}](https://example.org/) {last}", None),
        (f"{first} <i>{number}</i> {last}", True), (f"{text[:3]}\u202e{text[3:]}", True),
    ]


def rule_forms(keys):
    rule = keys["rrule"]
    if "UNTIL" in rule:
        until = rule.partition("UNTIL=")[2]
        day = f"{until[:4]}-{until[4:6]}-{until[6:]}"
        forms = [("FREQ=WEEKLY;UNTIL=" + form, sure) for form, sure in date_forms(day)
                 if form.isascii() and "," not in form]
        if len(keys["start"]) == 10:
            forms.append((rule + "T235900", True))
        return forms + [("FREQ=WEEKLY;TOT=" + until, True), ("FREQ=WEEKLY;UNTIL=juni", False)]
    count = rule.partition("COUNT=")[2]
    return [(form, True) for form in (
        f"wekelijks;COUNT={count}", f"WEEKLY;COUNT={count}", f"FREQ=WEEKLY,COUNT={count}",
        f"FREQ=WEKELIJKS;COUNT={count}",
        f"FREQ=WEEKLY;TIMES={count}", f"FREQ=WEKLY;COUNT={count}", f"FREQUENCY=WEEKLY;COUNT={count}")] + [
        (f"FREQ=WEEKLY;COUNT=veel", False), (f"elke dinsdag, {count} keer", False)]


def list_of_dates(rng, dates):
    forms = [", ".join(dates), ",".join(day.replace("-", "") for day in dates), " en ".join(dates), "; ".join(dates)]
    return [(Raw(quoted(rng, form)) if rng.random() < 0.5 else Raw(form), True) for form in forms] + [
        ([rng.choice(date_forms(dates[0]))[0], dates[1]], None)]


def value_slips(rng, keys, key):
    """[(value, whether it is sure)] for a key."""
    value = keys[key]
    if key == "start":
        forms = moment_forms(rng, value)
    elif key == "end":
        forms = end_forms(rng, keys)
    elif key == "duration" or (key == "reminder" and value != "none"):
        forms = duration_forms(value)
    elif key == "reminder":
        forms = [("geen", True), ("nee", True), ("nooit", True)]
    elif key in DUTCH:
        forms = [(word, True) for word in DUTCH[key][value] + [value.upper(), value.capitalize()]]
        if len(value) > 5:
            forms.append((typo(rng, value), True))
        forms += [("misschien", False)]
    elif key == "weekday":
        forms = [(typo(rng, value), None), (DAYS[(DAYS.index(value) + 2) % 7], False)]
    elif key == "timezone":
        forms = [(value.partition("/")[2], True), (value.lower(), True), (typo(rng, value), None), ("UTC+1", False),
                 (value.replace("/", " "), None), ("CET", None), ("Nergens", False)]
    elif key in ("url", "image"):
        forms = url_forms(value)
    elif key == "attach":
        forms = [([form], sure) for form, sure in url_forms(value[0])]
    elif key == "registration":
        forms = [({**value, "url": form}, sure) for form, sure in url_forms(value["url"])]
        forms += [({**value, "capacity": form}, sure) for form, sure in (
            ("25 personen", True), ("max. 25", True), ("20-25", False), ("genoeg", False))]
    elif key == "geo":
        forms = geo_forms(value)
    elif key == "organizer":
        forms = organizer_forms(value)
    elif key in ("exdate", "rdate"):
        forms = list_of_dates(rng, value)
        if len(keys["start"]) == 10:
            forms.append(([value[0] + " 14:00", value[1]], True))
    elif key == "rrule":
        forms = rule_forms(keys)
    elif key == "overrides":
        override = value[0]
        named = override["recurrence-id"]
        forms = [([{**override, "recurrence-id": form}], sure) for form, sure in date_forms(named)]
        if len(keys["start"]) == 10:
            forms.append(([{**override, "recurrence-id": named + " 14:00"}], True))
    elif key == "id":
        forms = [(value.upper(), True), (value.replace("-", " "), True), (value.replace("-", "_"), True),
                 (value + "-", True),
                 (value.replace("-", "--"), True), (value.replace("e", "é"), True), (value.replace("e", "е"), True)]
    elif key == "type":
        forms = [("Workshop", True), ("workshp", True), ("lezing", False), (Raw("[workshop]"), True)]
    elif key in ("summary", "location", "description"):
        forms = text_forms(rng, value) if key != "description" else [
            (Raw(value + " #2"), None), (value + "<br>Tot dan.", None), (value + " [x](www.example.org)", None)]
        if key == "location":
            forms += [(Raw("[%s]" % value.replace(" ", ", ")), None), (Raw("[%s]" % value), True)]
    elif key == "contact":
        forms = [(Raw("{name: Balie, email: balie@example.org}"), None), (Raw("[Balie Utrecht]"), True)]
    elif key == "categories":
        forms = [(Raw("[Utrecht, #jong]"), None), (Raw("[“Utrecht”, Leren]"), True), (Raw("[Utrecht, Leren"), None)]
    else:
        forms = []
    if isinstance(value, str) and key not in ("summary", "location", "description", "contact") and value:
        forms.append((unseen(rng, value), True))
        open_quote, close_quote = rng.choice(QUOTES)
        forms.append((Raw(open_quote + value + close_quote), True))
    return forms


def slip(rng, keys):
    """
    A slip in an event: (its keys, whether it stands in braces, whether it is sure what was meant, what it is).
    """
    flow = rng.random() < 0.15
    kind = rng.random()
    keys = dict(keys)
    if kind < 0.15:
        key = rng.choice([key for key in keys if len(key) > 4 or key in KEYS])
        word = typo(rng, key) if len(key) > 5 else key.upper()
        if key in KEYS and rng.random() < 0.6:
            word = rng.choice(KEYS[key])
        renamed = {word if old == key else old: value for old, value in keys.items()}
        # "edate" is as near to rdate as to exdate.
        sure = word in KEYS.get(key, ()) or (len(key) > 4 and not key.endswith("date"))
        return renamed, flow, sure or None, f"{key} as {word}"
    if kind < 0.20 and "end" in keys and "duration" not in keys:
        start, end = keys["start"], keys.pop("end")
        keys["start"] = start + rng.choice([" - ", " tot ", " t/m "]) + end
        return keys, False, True, f"start and end: {keys['start']}"
    key = rng.choice([key for key in keys if value_slips(random.Random(0), keys, key)])
    value, sure = rng.choice(value_slips(rng, keys, key))
    # Within braces what is not plain has another meaning.
    if isinstance(value, Raw) or isinstance(value, (list, dict)):
        flow = False
    keys[key] = value
    return keys, flow, sure, f"{key}: {value}"
