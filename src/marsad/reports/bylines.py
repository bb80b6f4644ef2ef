"""Bylines: the names in "By A. Writer and B. Reporter in Goma".

Reads   one line, or the author field of a meta tag.
Writes  names in normal case, in the order given.
"""

from __future__ import annotations

import re

from marsad.reports.furniture import is_agency_name, load_patterns, sounds_like_outlet

MAX_BYLINE_CHARS = 200
MAX_NAME_WORDS = 6

_LABEL = re.compile(
    r"^(?:(?:story|report|words|text|article|posted|written|published|reported|reporting|exclusive)\s+)?by\b\s*[:\-]?\s*"
    r"|^(?:authors?|writers?|reporters?|correspondents?|byline)\b\s*[:\-]?\s+",
    re.IGNORECASE,
)
# What follows the names: a desk, a place, an agency, a mail address, a date.
_DESKS = (
    r"senior|chief|special|foreign|defen[cs]e|security|political|staff|war|africa|asia"
    r"|middle east|diplomatic|world|international|crime|managing|deputy|news"
)
_JOBS = (
    r"staff|correspondents?|reporters?|editors?|writers?|contributors?|bureau chief|producer"
    r"|analyst|journalist|columnist|freelance\w*"
)
_ROLE = re.compile(
    r"\s*(?:[|•·@]|(?:,|\s[-–—])?\s+(?:(?:in|from|at|for)\s+[A-Z]|[\w.+-]+@|@\w)"
    rf"|,?\s*\b(?:(?:{_DESKS})\s+)*(?:{_JOBS})\b"
    r"|,?\s+(?:published|updated|posted|on\s+[A-Z]?\w+\s+\d|\d)).*$",
    re.IGNORECASE | re.DOTALL,
)
_NOT_A_NAME = re.compile(
    r"https?:|www\.|[<>{}\d]|^(?:and|with|the author|unknown|none|null|admin(?:istrator)?|editor"
    r"|user|agenc(?:y|ies)|(?:news |web |digital )?(?:staff|desk|team)|(?:our )?correspondent"
    r"|reporter"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|then|now|night|dawn|noon|midnight)$",
    re.IGNORECASE,
)


def read_byline(line: str) -> tuple[str, ...]:
    """The names in a labelled byline ("By ...", "Author: ..."); empty if it is none."""
    text = " ".join(line.split())
    if len(text) > MAX_BYLINE_CHARS or (text.endswith((".", "!", "?")) and len(text.split()) > 8):
        return ()
    label = _LABEL.match(text)
    if not label or label.end() == len(text):
        return ()
    rest = text[label.end() :]
    if not rest[:1].isupper():
        return ()
    names = split_names(rest)
    return names if all(_looks_like_name(name) for name in names) else ()


def split_names(text: str) -> tuple[str, ...]:
    """The single names in a list of authors, without desks, places and mail addresses.

    "Last, First" is not taken apart: a comma separates authors.
    """
    names: list[str] = []
    for part in re.split(r"\s*(?:;|,|&|/(?!\w*/)|\band\b|\bwith\b|\n)\s*", " ".join(text.split())):
        name = _ROLE.sub("", _LABEL.sub("", part)).strip(" .,;:|-–—•·()")
        if not name or _NOT_A_NAME.search(name):
            continue
        if names and (is_agency_name(name) or sounds_like_outlet(name) or " " not in name):
            continue  # "By Jane Doe, BBC News, Nairobi" has one author
        if re.match(r"(?:in|from|at)\b", name, re.IGNORECASE):
            continue
        cased = _normal_case(name)
        if len(cased.split()) <= MAX_NAME_WORDS and cased not in names:
            names.append(cased)
    return tuple(names)


def _normal_case(name: str) -> str:
    if not name.isupper() or is_agency_name(name) or (" " not in name and len(name) <= 5):
        return name
    return " ".join(
        "-".join(
            piece if re.fullmatch(r"(?:[A-Z]\.)+", piece) else piece[:1] + piece[1:].lower()
            for piece in word.split("-")
        )
        for word in name.split()
    )


def _looks_like_name(name: str) -> bool:
    """Every word begins with a capital, but for particles."""
    particles = {
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "abu",
        "de",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "la",
        "le",
        "ben",
        "al-",
        "of",
        "the",
    }
    words = name.split()
    capital = sum(word[:1].isupper() or word.split("-")[0] in particles for word in words)
    return (
        bool(words)
        and len(words) <= MAX_NAME_WORDS
        and (capital == len(words) or name.casefold() in load_patterns().agencies)
    )
