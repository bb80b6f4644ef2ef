"""Captions: the words under a picture, and who took it.

Reads   one line of a page, or the text of a figcaption.
Writes  `Caption(text, credit)`, so that the words stay apart from the story.
"""

from __future__ import annotations

import re
from functools import cache

from marsad.records import Caption
from marsad.reports.furniture import is_agency_name, load_patterns

MAX_CAPTION_CHARS = 700
MAX_CREDIT_CHARS = 90
# A caption has three sentences at most; a longer text that ends in a credit is a whole story.
MAX_CAPTION_SENTENCES = 4
# "[CNN]" after a sentence tells where it was read; "[AFP]" who took the picture.
BROADCASTERS = frozenset({"bbc", "cnn", "nbc news", "abc news", "cbs news", "voa", "bloomberg"})
_FILE = r"(?:file(?:\s+(?:photo|image|picture|pic))?|archive)"
_KIND = (
    r"(?:photo(?:graph)?s?|images?|pictures?|pics?|screengrab|screenshot|video|illustration|graphic"
    r"|credits?|source|courtesy)"
)
_LABEL = rf"{_KIND}(?:\s+(?:credits?|courtesy(?:\s+of)?|by|source|from|taken by))?"


@cache
def _credit_patterns() -> tuple[re.Pattern[str], ...]:
    agency = f"(?i:{load_patterns().agency})"
    name = r"[A-ZÀ-Þ][\w’'-]*\.?(?:\s+(?:[\w’'-]+|[A-Z]\.)){0,4}"
    return (
        # "[Jane Doe/Reuters]", "[File: AFP]", "(AP Photo/Jane Doe)", "(Photo by X / Getty)"
        re.compile(
            r"\s*(?P<bracket>[\[(])\s*(?P<credit>[^\[\]()]*(?:\([^()]*\))?[^\[\]()]*)[\])]\.?\s*$"
        ),
        # "Photo: AFP", "| Photo Credit: PTI", "Photograph: Jane Doe/Reuters", "Credit...Jane Doe"
        re.compile(
            rf"(?:(?:^|[.!?|,;”\"’)–—-]\s*)(?i:{_FILE}\s+)?(?i:{_LABEL})|\s(?=[A-Z])(?i:{_LABEL}))"
            rf"\s*(?:[:：]|\.{{3}}|…)\s*(?P<credit>[A-ZÀ-Þ@][^:]{{1,{MAX_CREDIT_CHARS}}}?)\.?\s*$"
        ),
        # "... on Monday. Photo by Jane Doe / Agency"
        re.compile(
            rf"(?:^|[.!?|]\s+)(?i:photo(?:graph)?s?|pictures?|images?) (?i:by|courtesy(?: of)?)\s+"
            rf"(?P<credit>{name}(?:\s*/\s*[^.]{{2,50}})?)\.?\s*$"
        ),
        # "Jane Doe/AFP/Getty Images", "REUTERS/Jane Doe", "Anadolu Agency via Getty Images"
        re.compile(
            rf"(?:^|[.!?|”\",]\s+|\s[–—-]\s*)(?P<credit>(?:{name}\s*[/|]\s*{agency}|{agency}\s*/\s*{name}"
            rf"|{agency}(?=\s+via\s))(?:\s*/\s*{agency})*(?:\s+via\s+[\w. ]{{2,40}})?)\.?\s*$"
        ),
        # "... after the raid. / Village Defence Force"
        re.compile(rf"(?<=[.!?”\"])\s+/\s*(?P<credit>{name})\.?\s*$"),
        # "© Jane Doe, AFP" but not "© 2024 Jane Doe"
        re.compile(r"\s*(?:©|\([cC]\))\s*(?P<credit>(?!\s*(?:19|20)\d\d)[^©]{2,80}?)\s*$"),
        # "— AFP/File", "— AFP pic", "— Reuters photo"
        re.compile(
            rf"\s+[–—-]+\s*(?P<credit>{agency}(?:\s*/\s*{agency})*)\s*(?i:/\s*file|\s+(?:file\s+)?(?:pic|photo|picture))\.?\s*$"
        ),
    )


_OPENER = re.compile(
    rf"^(?:{_FILE}\s*[-–—:]\s*|file (?:photo|image|picture) (?=of\b|shows?\b)"
    r"|(?:(?:image|photo|picture|main|lead)\s+)?caption\s*[:,]?\s+)",
    re.IGNORECASE,
)
_SOURCE_ONLY = re.compile(
    r"^(?:image|photo|picture|video)\s+(?:source|credit|by|courtesy)s?\s*[:,]?\s+(?P<credit>\S.{1,80})$",
    re.IGNORECASE,
)
_CREDIT_LABEL = re.compile(
    rf"^(?:{_FILE}\s*[:\-]\s*|(?:{_FILE}\s+)?{_LABEL}\s*[:/]?\s+)(?=\S)", re.IGNORECASE
)


def split_credit(text: str) -> tuple[str, str | None]:
    """The caption without its credit, and the credit (None if the text names none)."""
    cleaned = " ".join(text.split())
    opener = _OPENER.match(cleaned)
    if opener and opener.end() < len(cleaned):
        cleaned = cleaned[opener.end() :]
    for pattern in _credit_patterns():
        match = pattern.search(cleaned)
        if match is None or not match["credit"].strip():
            continue
        if "bracket" in match.groupdict() and not _is_bracketed_credit(match):
            continue
        start = match.start()
        # A full stop before the credit belongs to the caption.
        body = cleaned[: start + 1] if cleaned[start : start + 1] in '.!?”"' else cleaned[:start]
        return _clean_body(body), _clean_credit(match["credit"])
    return _clean_body(cleaned), None


def read_caption(line: str, title: str | None = None) -> Caption | None:
    """The caption a line of a page is; None when the line is no caption.

    A line is one when it ends in a picture credit, begins as captions do
    ("FILE PHOTO:"), or repeats the headline as a picture's name ("Image of ...").
    The caption's text is empty when the line holds a credit alone.
    """
    if len(line) > MAX_CAPTION_CHARS:
        return None
    text, named = _drop_image_name(line.strip(), title)
    source = _SOURCE_ONLY.match(text)
    if source and len(source["credit"].split()) <= 8:
        return Caption(text="", credit=_clean_credit(source["credit"]))
    body, credit = split_credit(text)
    if len(re.findall(r"[a-z”\"][.!?]\s+[A-Z“\"]", body)) >= MAX_CAPTION_SENTENCES:
        return None
    if credit is None and not _OPENER.match(text) and not (named and body):
        return None
    return Caption(text=body, credit=credit)


def _drop_image_name(line: str, title: str | None) -> tuple[str, bool]:
    """Take off "Image of <headline>", as pages saved as text print a picture's alt text."""
    match = re.match(
        r"(?:image|photo|picture|illustration)\s+(?:of|for)\s*:?\s+", line, re.IGNORECASE
    )
    if match and title and line[match.end() :].casefold().startswith(title.casefold()):
        return line[match.end() + len(title) :].strip(" :.-–—|"), True
    return line, False


def _is_bracketed_credit(match: re.Match[str]) -> bool:
    """Whether brackets at the end of a line name a picture's source, or explain a word."""
    inside = match["credit"].strip(" .")
    if len(inside) > MAX_CREDIT_CHARS:
        return False
    if re.match(
        rf"(?:{_FILE}\s+)?{_KIND}\b\s*(?:[:/]|(?:by|courtesy|credit|from|via)\b)",
        inside,
        re.IGNORECASE,
    ):
        return True
    if re.fullmatch(
        rf"{_FILE}(?:\s*[:\-]\s*.+)?|handout|screengrab|{_FILE}? ?photo", inside, re.IGNORECASE
    ):
        return True
    parts = [part for part in re.split(r"\s*(?:/|\bvia\b|,)\s*", inside) if part]
    named = any(
        is_agency_name(re.sub(r"\s+photo$", "", part, flags=re.IGNORECASE)) for part in parts
    )
    if match["bracket"] == "[" and named:
        return not match.string.isupper() and inside.casefold() not in BROADCASTERS
    pictured = re.search(r"\b(?:photo|image|screengrab)s?\b", inside, re.IGNORECASE) is not None
    return (named and (len(parts) > 1 or pictured)) or (pictured and "/" in inside)


def _clean_credit(credit: str) -> str:
    cleaned = credit.strip(" .,;:|[]()–—-")
    if cleaned.lower().startswith("ap photo/"):
        return "AP/" + cleaned[len("ap photo/") :].strip()
    while (match := _CREDIT_LABEL.match(cleaned)) and match.end() < len(cleaned):
        cleaned = cleaned[match.end() :].strip(" .,;:|")
    return cleaned


def _clean_body(text: str) -> str:
    return text.strip().rstrip("|/–—-[(,; ").strip()
