"""What subscribers should read of a description, worked out by python3-commonmark: nothing of evcal is in it.

CommonMark but for what evcal(5) has otherwise: line breaks stay, digits have no emphasis between them, HTML is text
(the tags that mean something, and what CommonMark drops, are in loss.py).
"""
import datetime
import re

import commonmark

WORDS = {
    "nl": {"join": "Online deelnemen: ", "register": "Aanmelden: ", "deadline": "Aanmelden kan tot en met ",
           "capacity": "Aantal plaatsen: ", "full": "Volgeboekt: er zijn geen plaatsen meer", "more": "Meer informatie: ",
           "days": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
           "months": "januari februari maart april mei juni juli augustus september oktober november december"},
    "en": {"join": "Join online: ", "register": "Register: ", "deadline": "Register until ",
           "capacity": "Places: ", "full": "Full: there are no places left", "more": "More information: ",
           "days": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
           "months": "January February March April May June July August September October November December"},
}
# Stands for an asterisk that is none of Markdown's.
STAR = "\uE000"


def children(node):
    child = node.first_child
    while child:
        yield child
        child = child.nxt


def address_of(node):
    """An address as it was typed: commonmark writes some letters of it as %XX."""
    address = node.destination.replace("&amp;", "&")
    return re.sub("^(mailto|tel):", "", address)


def inline(node):
    """The text of what stands within a paragraph."""
    if node.t in ("text", "code", "html_inline"):
        return node.literal
    if node.t in ("softbreak", "linebreak"):
        return "\n"
    text = "".join(map(inline, children(node)))
    if node.t in ("link", "image"):
        address = address_of(node)
        title = f' "{node.title}"' if node.title else ""
        return text if text == address else f"{text} ({address}{title})" if text else address
    return text


def indented(text, columns):
    return re.sub(r"\n(?=[^\n])", "\n" + " " * columns, text)


def marker_of(item, lines):
    """The number of an item as it was typed."""
    (line, column), _ = item.sourcepos
    return re.match(r"\d+[.)]", lines[line - 1][column - 1:])[0] + " "


def item_text(item, marker, lines):
    return marker + indented(block_texts(item, item.parent.list_data["tight"], lines), len(marker))


def block(node, lines):
    """The text of a block."""
    if node.t in ("paragraph", "heading"):
        return inline(node)
    if node.t == "code_block":
        return "\n".join(filter(None, [node.info, node.literal.removesuffix("\n")]))
    if node.t == "html_block":
        return node.literal
    if node.t == "list":
        texts = [item_text(item, marker_of(item, lines) if node.list_data["type"] == "ordered" else "- ", lines)
                 for item in children(node)]
        return ("\n" if node.list_data["tight"] else "\n\n").join(texts)
    return block_texts(node, False, lines)


def block_texts(node, tight, lines):
    texts = [block(child, lines) for child in children(node) if child.t != "thematic_break"]
    return ("\n" if tight else "\n\n").join(texts)


def plain(markdown):
    """The plain text of a description."""
    markdown = re.sub(r"(?<=\d)\*+(?=\d)", lambda match: match[0].replace("*", STAR), markdown)
    # A character that cannot be is shown as it was typed.
    markdown = markdown.replace("&#0;", "\\&#0;")
    text = block_texts(commonmark.Parser().parse(markdown), False, markdown.split("\n")).strip()
    return re.sub(r"[ \t]+\n", "\n", text.replace(STAR, "*"))


def stands_in(address, text):
    """Whether an address stands in a text by itself."""
    return re.search(r"(?<![\w/=.@-])" + re.escape(address.rstrip("/")) + r"/?(?![.,:;!?')*_]*[\w/?#&=%~+@-])", text)


def when(text, words):
    """A date, or a date and time, in words."""
    date = datetime.date.fromisoformat(text[:10])
    day, month = words["days"].split()[date.weekday()], words["months"].split()[date.month - 1]
    time = ", " + text[11:16] + (" UTC" if text.endswith("Z") else "") if len(text) > 10 else ""
    return f"{day} {date.day} {month} {date.year}{time}"


def added(event, language, text):
    """The lines that evcal adds to a description."""
    words, lines = WORDS[language], []
    conference, registration = event.get("conference", {}), event.get("registration", {})
    if isinstance(conference, str):
        conference = {"url": conference}

    def address(label, url):
        if url and not stands_in(url, "\n".join([text, *lines])):
            lines.append(label + url)

    lines += [f"{label}: {line}" for label, line in (event.get("details") or {}).items()]
    address(conference["label"].strip() + ": " if "label" in conference else words["join"], conference.get("url"))
    if registration.get("full") == "true":
        lines.append(words["full"])
    address(words["register"], registration.get("url"))
    address(words["register"], registration.get("email"))
    if "phone" in registration:
        lines.append(words["register"] + registration["phone"])
    if "deadline" in registration:
        lines.append(words["deadline"] + when(registration["deadline"], words))
    if "capacity" in registration:
        lines.append(words["capacity"] + registration["capacity"])
    address(words["more"], event.get("url"))
    return "\n".join(lines)


def description(event, language):
    """All that the description of an event should say; event: its keys with texts as their values."""
    text = plain(event.get("description", ""))
    return "\n\n".join(filter(None, [text, added(event, language, text)]))
