"""A plain regular-expression baseline, so that a score means something.

Generic on purpose: the number nearest to a word of harm, the first date, the
first capitalised name the gazetteer lists, one event type by keyword. It knows
no data set and gets the same input as the coder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from marsad.places.gazetteer import PlaceEntry, open_gazetteer
from marsad.settings import load_settings

Span = tuple[int, int]

_SMALL = {
    word: value
    for value, word in enumerate(
        """no one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
} | {"a": 1, "an": 1}
_NUMBER = r"\b(\d{1,3}(?:,\d{3})+|\d+|" + "|".join(_SMALL) + r")\b"
_HARM = {
    "killed": r"(?:killed|dead|died|slain|murdered|deaths?|fatally|bodies|killing|fatalities)",
    "injured": r"(?:injured|wounded|hurt|injuring|wounding|injuries)",
    "detained": r"(?:arrested|detained)",
    "abducted": r"(?:abducted|kidnapped)",
}
_GAP = r"(?:\W+\w+){0,4}?\W+"
_MONTHS = """january february march april may june july august september october november
    december""".split()
_MONTH = r"(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS) + r")\.?"
_MONTH_AFTER = _MONTH.replace("month", "month2")
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\s+{_MONTH_AFTER})"
    rf"\b(?:,?\s+(?P<year>\d{{4}}|\d{{2}})\b)?",
    re.IGNORECASE,
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DAY = re.compile(r"\b(" + "|".join(_DAYS) + r"|today|yesterday)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?:\s+(?:de\s+|la\s+|al-)?[A-Z][\w'’-]+){0,3}")
_KEYWORDS = (
    ("chemical-weapon", r"chemical (?:attack|weapon)|chlorine|sarin|nerve agent|poison gas"),
    ("suicide-bombing", r"suicide (?:bomb|attack)"),
    ("sexual-violence", r"\brap(?:e|ed|es|ing)\b|sexual(?:ly)? (?:violence|assault)"),
    ("abduction", r"kidnap|abduct|hostage"),
    ("air-strike", r"air ?-?strikes?|warplanes?|drones?|fighter jets?"),
    ("grenade", r"grenades?"),
    ("shelling", r"shell(?:ed|ing|s)\b|rockets?|mortars?|artillery|missiles?"),
    ("remote-explosive", r"\bbomb|explo[ds]|\bblast|landmines?|\bied\b|dynamite"),
    ("armed-clash", r"\bclash|fighting|gun ?battle|ambush|firefight"),
    ("riot", r"\briot"),
    ("peaceful-protest", r"protest|demonstrat|rall(?:y|ies|ied)|march(?:ed|ers)"),
    ("arrest", r"\barrest|detain"),
    ("property-destruction", r"\bloot|set (?:on )?fire|arson|burn(?:ed|t)"),
    ("agreement", r"cease-?fire|peace (?:deal|talks|agreement)|truce"),
    ("territory-change", r"(?:re)?captured?|seized? control|liberated"),
    ("weapons-seizure", r"defus|weapons cache|intercepted"),
    ("movement", r"deploy|reinforce|withdr[ae]w"),
    ("attack", r"attack|kill|murder|\bshot\b|shooting|assassinat|stabb"),
)
_SPEECH = (
    r"said|says|say|told|added|announced|reported|claimed|according to|stated|argued|noted|wrote|"
    r"believes?|thinks?|wants?|asked|confirmed|denied|warned|explained|tweeted"
)
_WHO = (
    r"(?:[A-Z][\w'’-]+(?:\.?\s+[A-Z][\w'’-]+){0,4}|"
    r"[Hh]e|[Ss]he|[Tt]hey|[Tt]he\s+\w+|police|officials)"
)


def count_harmed(text: str, outcome: str) -> int:
    """The first number right before or after a word of harm; 0 without one."""
    harm = _HARM[outcome]
    found = re.search(
        rf"{_NUMBER}{_GAP}{harm}\b|\b{harm}{_GAP}{_NUMBER}", text, re.IGNORECASE | re.DOTALL
    )
    if found is None:
        return 0
    word = (found.group(1) or found.group(2)).lower().replace(",", "")
    return _SMALL.get(word) if word in _SMALL else int(word)  # type: ignore[return-value]


def find_date(text: str, published: date | None) -> date | None:
    """The first date or weekday named; weekdays count back from the publication date."""
    named, weekday = _DATE.search(text), _DAY.search(text) if published else None
    if weekday and published and (named is None or weekday.start() < named.start()):
        word = weekday.group(1).lower()
        if word in ("today", "yesterday"):
            return published - timedelta(days=word == "yesterday")
        return published - timedelta(days=(published.weekday() - _DAYS.index(word)) % 7)
    return _as_date(named, published) if named else None


def _as_date(named: re.Match[str], published: date | None) -> date | None:
    word = (named["month"] or named["month2"]).lower()[:3]
    month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word))
    year = int(named["year"] or 0) or (published.year if published else 0)
    if 0 < year < 100:
        year += 1900 if year > 50 else 2000
    try:
        found = date(year, month, int(named["day"] or named["day2"]))
    except ValueError:
        return None
    if published and not named["year"] and found > published:
        return found.replace(year=year - 1)
    return found


def find_names(text: str) -> Iterator[tuple[Span, PlaceEntry]]:
    """Capitalised names that the gazetteer lists, longest first; the most populous place."""
    for match in _NAME.finditer(_lowered(text)):
        words = [(w.start(), w.end()) for w in re.finditer(r"\S+", match.group())]
        first = 0
        while first < len(words):
            for last in range(len(words), first, -1):
                start, end = words[first][0] + match.start(), words[last - 1][1] + match.start()
                entry = _most_populous(_lowered(text)[start:end].removesuffix("'s").strip("’'-"))
                if entry is not None:
                    yield (start, end), entry
                    first = last - 1
                    break
            first += 1


@cache
def _lowered(text: str) -> str:
    """The text, with capitals only at the start of words where it is all capitals."""
    letters = [c for c in text[:2000] if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters) and text.isascii():
        return text.title()
    return text


@cache
def _most_populous(name: str) -> PlaceEntry | None:
    if len(name) < 3:
        return None
    entries = _gazetteer_entries(name)
    return max(entries, key=lambda e: e.population or 0) if entries else None


def _gazetteer_entries(name: str) -> list[PlaceEntry]:
    return [e for e in _gazetteer().exact(name) if e.latitude is not None]


@cache
def _gazetteer():  # type: ignore[no-untyped-def]
    return open_gazetteer(load_settings().gazetteer_path)


def find_place(text: str) -> PlaceEntry | None:
    """The first name that the gazetteer lists."""
    return next((entry for _, entry in find_names(text)), None)


def find_event_type(text: str) -> str | None:
    """One of our event types, by the first keyword of a fixed order; None without any."""
    for event_type, pattern in _KEYWORDS:
        if re.search(pattern, text, re.IGNORECASE):
            return event_type
    return None


def find_speech(text: str) -> Iterator[tuple[Span, Span, Span]]:
    """Source, cue and content spans of "X said ..." and "..., said X"; content is the sentence."""
    pattern = rf"(?P<s>{_WHO})\s+(?P<c>{_SPEECH})\b|\b(?P<c2>{_SPEECH})\s+(?P<s2>{_WHO})"
    for match in re.finditer(pattern, text):
        source, cue = ("s", "c") if match["s"] else ("s2", "c2")
        low = max(text.rfind(". ", 0, match.start()) + 1, text.rfind("\n", 0, match.start()) + 1)
        stops = [i for i in (text.find(". ", match.end()), text.find("\n", match.end())) if i >= 0]
        high = min(stops, default=len(text))
        after = match[source] == match["s"] and high - match.end() > 10
        content = (match.end(), high) if after else (low, match.start())
        yield match.span(source), match.span(cue), content
