"""Where time expressions stand in a sentence: the patterns, before any date is worked out.

Reads   the text of one sentence and the kinds of time words seen in it.
Writes  nothing; returns `Expression`s in text order, none overlapping.
Never   resolves a date: see time_expressions.

The patterns are compiled when first needed; a sentence is only searched with those whose anchor
word it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from marsad.coding.time_words import load_time_phrases, load_time_words, words_pattern

DAYPART = r"(?:morning|afternoon|evening|nights?|nighttime|midday|noon|dawn|dusk|midnight)"
ORDINAL = r"(?:st|nd|rd|th)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])"
YEAR = r"(?:19|20)\d\d"
PART = r"(?:(?P<part>early|mid|late|the\s+(?:beginning|start|middle|end|first half|second half)\s+of)[\s-]+(?:the\s+)?)"
PART_NAMES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
# What may stand between the two days of "3 and 5 May".
TO = r"\s*(?:-|–|—|to|and|or|through|until|till)\s*"
MIXED_CASE_ONLY = frozenset({"may", "march", "mar", "april", "june", "august", "jun", "jan"})


@dataclass(frozen=True)
class Expression:
    """A time expression at text[start:end]; `parts` are the named pieces of its pattern."""

    start: int
    end: int
    kind: str
    parts: dict[str, str]


@cache
def anchor_kinds() -> dict[str, str]:
    """Lower-case words that make a sentence worth searching, and the kind of pattern they call."""
    words = load_time_words()
    kinds: dict[str, str] = {}
    for table, kind in (
        (words.weekdays, "weekday"),
        (words.short_weekdays, "weekday"),
        (words.months, "month"),
        (words.short_months, "month"),
        (words.seasons, "season"),
        (words.holidays, "holiday"),
    ):
        for entry in table:
            for word in re.split(r"[\s.']+", entry) if kind == "holiday" else [entry]:
                if kind == "holiday" and word in _HOLIDAY_FILLERS:
                    continue
                if len(word) > 2:
                    kinds.setdefault(word, kind)
                    if "short" in kind or len(word) <= 5:
                        kinds.setdefault(word + ".", kind)
    for word in ("ago", "earlier", "later", "before", "previously", "prior", "after", "afterwards"):
        kinds[word] = "relative"
    for word in ("past", "last", "previous", "preceding", "coming", "next"):
        kinds[word] = "phrase"
    for phrase in load_time_phrases():
        for word in phrase.split():
            if word in _PHRASE_ANCHORS:
                kinds[word] = "phrase"
    return kinds


_HOLIDAY_FILLERS = frozenset({"day", "the", "all", "may", "of", "new", "night", "human", "king"})
_PHRASE_ANCHORS = frozenset(
    """today tonight yesterday tomorrow overnight week weekend month year day night morning evening
    afternoon days weeks months years hours moments minutes decade decades century times history
    """.split()
)


@cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of a kind of anchor, each with the name of its resolver."""
    sources = _SOURCES[kind]()
    return tuple((name, re.compile(source, re.IGNORECASE)) for name, source in sources)


def _weekday_sources() -> list[tuple[str, str]]:
    words = load_time_words()
    weekday, short = words_pattern(words.weekdays), words_pattern(words.short_weekdays)
    months = words_pattern([*words.months, *words.short_months])
    mod = (
        r"(?:(?P<mod>this\s+past|this\s+coming|last|past|next|this|coming|the\s+following|"
        r"the\s+previous|the\s+preceding)\s+)?"
    )
    lead = r"(?:(?:early|late|mid)(?:\s+on|[\s-])\s*)?"
    tail = rf"(?:['’]?s?\s+(?:early\s+|late\s+|mid-?)?{DAYPART}\b)?"
    weeks = r"(?:\s+(?:of\s+)?(?P<week>last\s+week|this\s+week|next\s+week))?"
    return [
        ("monthday", rf"\b(?P<wd>{weekday}),?\s+the\s+(?P<d>{DAY}){ORDINAL}\b(?!\s+of\b)"),
        ("weekday", rf"\b{lead}{mod}{lead}(?P<wd>{weekday})\b{tail}{weeks}"),
        ("weekday", rf"\b{lead}{mod}(?P<wd>{short})\b\.(?=,?\s*(?:{months}\b|\d|{DAYPART}\b))(?:\s+{DAYPART}\b)?"),
        ("weekday", rf"\b{lead}{mod}(?P<wd>{short})(?=,?\s+(?:{months}\b\.?\s*\d|\d+\s+{months}\b|{DAYPART}\b))(?:\s+{DAYPART}\b)?"),
    ]  # fmt: skip


def _month_sources() -> list[tuple[str, str]]:
    words = load_time_words()
    month = words_pattern([*words.months, *words.short_months])
    full = words_pattern(words.months)
    # A second day only counts when no counted noun follows: "on May 5 and 6 people died".
    second = rf"(?:{TO}(?P<d2>{DAY}){ORDINAL}?(?!\d|[.,:]\d|\s+(?:people|civilians|others|were|persons|soldiers|men|women)\b))?"
    list_head = rf"(?:(?P<d0>{DAY}){ORDINAL}?,\s*)?"
    year = rf"(?:,?\s+(?:of\s+)?(?P<y>{YEAR})(?!\d|,\d))?"
    short_year = (
        rf"(?:,?\s+(?:of\s+)?(?P<y>{YEAR})(?!\d|,\d)|\s+'?(?P<yy>\d\d)(?=\s*(?:[-–—\])(.,;:/]|$)))?"
    )
    before = r"(?:in|since|during|of|from|between|through|until|till|by|before|after|last|this|next|throughout|late|early|mid|and|to|or)"
    return [
        ("date", rf"(?<![\d.,:/$€£-]){list_head}\b(?P<d>{DAY}){ORDINAL}?{second}(?:\s+day)?(?:\s+of)?[\s-]+(?P<mon>{month})\b\.?{short_year}"),
        ("date", rf"\b(?P<mon>{month})\b\.?\s+(?:the\s+)?(?P<d>{DAY}){ORDINAL}?(?!\d|:\d|,\d{{3}}|\.\d|\s*(?:percent|per\s+cent|%)){second}{year}"),
        ("month", rf"\b{PART}(?P<mon>{full})\b{year}"),
        ("month", rf"\b(?P<mon>{month})\b\.?,?\s+(?:of\s+)?(?P<y>{YEAR})(?!\d|,\d)"),
        ("month", rf"\b(?P<before>{before})\s+(?P<mon>{full})\b"),
        ("month", rf"\b(?P<bare>{full})\b"),
    ]  # fmt: skip


def _season_sources() -> list[tuple[str, str]]:
    season = words_pattern(load_time_words().seasons)
    year = rf"(?:\s+(?:of\s+)?(?P<y>{YEAR})(?!\d))"
    mod = r"(?P<mod>early|mid|late|last|this|next|previous|this\s+past)[\s-]+"
    return [
        ("season", rf"\b(?:{mod})?(?P<season>{season}){year}"),
        ("season", rf"\b{mod}(?P<season>{season})\b(?!\s+of\b)"),
        ("season", rf"\b(?:in|during|since|over|through|by|until)\s+the\s+(?:early\s+|late\s+)?(?P<season>spring|summer|autumn|winter)\b"),
    ]  # fmt: skip


def _year_sources() -> list[tuple[str, str]]:
    before = (
        r"(?:in|since|during|until|till|by|from|between|before|after|through|throughout|around|"
        r"back\s+in|as\s+of|of|year)"
    )
    events = words_pattern(load_time_words().year_events)
    numeric = r"(?P<n1>\d{1,2})[/.](?P<n2>\d{1,2})[/.](?P<y>\d{4})(?!\d)"
    return [
        ("iso", rf"(?<![\d-])(?P<y>{YEAR})-(?P<m>0\d|1[0-2])-(?P<d>[0-2]\d|3[01])(?!\d)"),
        ("numeric", rf"(?<![\d/.]){numeric}"),
        ("years", rf"\b(?:from|between)\s+(?P<y>{YEAR})(?:\s*(?:to|and|until|through|-|–|—)\s*)(?P<y2>{YEAR})\b"),
        ("years", rf"(?<![\d,.$€£])\b(?P<y>{YEAR})\s*[-–—/]\s*(?P<y2>{YEAR}|\d\d)\b(?![/.-]\d)"),
        ("decade", rf"\b(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<y>(?:19|20)\d0)['’]?s\b"),
        ("year", rf"\b(?:in|since|by|from|until)?\s*{PART}(?P<y>{YEAR})\b(?![,.]?\d)"),
        ("year", rf"\b(?:{before})\s+(?:the\s+year\s+)?(?P<y>{YEAR})\b(?!['’]s\b|[,.]\d|\s*[-–—]\s*\d|%)"),
        ("year", rf"\b(?P<y>{YEAR})(?=(?:['’]s)?\s+(?:\w+\s+)?{events}\b)"),
    ]  # fmt: skip


def _holiday_sources() -> list[tuple[str, str]]:
    names = "|".join(
        re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]?")
        for name in sorted(load_time_words().holidays, key=len, reverse=True)
    )
    return [("holiday", rf"\b(?:(?P<mod>last|next|this)\s+)?(?P<holiday>{names})(?!\w)(?:,?\s+(?P<y>{YEAR})\b)?")]  # fmt: skip


def _number_pattern() -> str:
    words = load_time_words()
    spelt = words_pattern([*words.numbers, *words.vague, "a few", "a couple of"])
    return rf"(?:\d{{1,3}}|{spelt})(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine))?"


def _relative_sources() -> list[tuple[str, str]]:
    unit = r"(?P<unit>second|minute|hour|day|night|week|fortnight|month|year|decade|centurie|century)s?"
    hedge = r"(?:(?:about|around|nearly|almost|over|roughly|just|barely|more\s+than|less\s+than|at\s+least)\s+)?"
    number = _number_pattern()
    return [
        ("ago", rf"\b{hedge}(?P<n>{number})(?:\s+and\s+a\s+half)?[\s-]+{unit}(?:\s+and\s+a\s+half)?\s+(?P<dir>ago|from\s+now)\b(?:\s+(?:today|this\s+week|on\s+(?P<wd>{words_pattern(load_time_words().weekdays)})))?"),
        ("ago", rf"\b(?P<units>hour|day|week|month|year|decade|centurie)s\s+(?P<dir>ago)\b"),
        ("ago", r"\bhalf\s+a\s+(?P<half>century|decade)\s+(?P<dir>ago)\b"),
        ("told", rf"\b{hedge}(?P<n>{number})[\s-]+{unit}\s+(?P<dir>earlier|later|before|after|afterwards|prior|previously)\b"),
        ("told", r"\b(?P<units>hour|day|week|month|year|decade)s\s+(?P<dir>earlier|later|after|before|afterwards)\b"),
        ("told", r"\b(?P<units>hour|minute|moment)s\s+(?P<dir>after|before)\b"),
    ]  # fmt: skip


def _phrase_sources() -> list[tuple[str, str]]:
    number = _number_pattern()
    unit = r"(?P<unit>hour|day|night|week|month|year|decade)"
    part = r"(?:the\s+)?(?P<part>beginning|start|middle|end|first half|second half)\s+of\s+"
    return [
        ("period", rf"\b(?:(?:in|over|during|for|within|throughout)\s+)?(?:the\s+|these\s+)?(?P<dir>past|last|previous|preceding|coming|next)\s+(?P<n>{number})\s+{unit}s?\b"),
        ("phrase", rf"\b(?:{part})?(?P<phrase>{words_pattern(load_time_phrases())})\b"),
    ]  # fmt: skip


_SOURCES = {
    "weekday": _weekday_sources,
    "month": _month_sources,
    "season": _season_sources,
    "year": _year_sources,
    "holiday": _holiday_sources,
    "relative": _relative_sources,
    "phrase": _phrase_sources,
}


def find_expressions(text: str, kinds: set[str]) -> list[Expression]:
    """All time expressions of `kinds` in `text`; where two overlap, the first and longest."""
    found: list[Expression] = []
    blocked = [span for span in _name_spans(text)] if kinds - {"relative", "phrase"} else []
    upper = text.isupper()
    for kind in kinds:
        for name, pattern in _patterns(kind):
            for match in pattern.finditer(text):
                parts = {key: value for key, value in match.groupdict().items() if value}
                expression = Expression(match.start(), match.end(), name, parts)
                if _is_plausible(text, expression, upper):
                    found.append(expression)
    found.sort(key=lambda expression: (expression.start, -expression.end))
    kept: list[Expression] = []
    for expression in found:
        if any(low < expression.end and expression.start < high for low, high in blocked):
            continue
        if kept and expression.start < kept[-1].end:
            # "since October 7": the date inside reaches further than what began before it.
            if expression.end > kept[-1].end and len(expression.parts) >= len(kept[-1].parts):
                kept[-1] = expression
            continue
        kept.append(expression)
    return kept


def _name_spans(text: str) -> list[tuple[int, int]]:
    """Spans of names that hold a day or month ("Black Friday", "Arab Spring")."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    return [
        (at, at + len(name)) for name in load_time_words().names if (at := lowered.find(name)) >= 0
    ]


_NEXT_WORD = re.compile(r"[\s-]+['’\"”]?([A-Za-z]+)")


def _is_plausible(text: str, expression: Expression, upper: bool) -> bool:
    """Whether the words are used as a time: the traps of single words."""
    kind, parts = expression.kind, expression.parts
    following = _NEXT_WORD.match(text, expression.end)
    next_word = following.group(1) if following else ""
    if kind in {"date", "month", "weekday", "holiday", "monthday"}:
        named = {next_word.lower(), next_word.lower().removesuffix("s")}
        if named & load_time_words().name_words and not _counts(text, expression):
            return False
    if kind == "month":
        return _is_month(text, expression, next_word, upper)
    if kind == "date":
        word = parts["mon"]
        return upper or word[0].isupper()
    if kind == "weekday":
        word = parts["wd"]
        return upper or word[0].isupper() or len(word) > 5
    if kind == "year" and "part" not in parts and parts["y"].endswith("00"):
        return not next_word.islower()
    return True


def _counts(text: str, expression: Expression) -> bool:
    """A lower-case noun after a day is counted or owned, not part of a name ("Friday street party")."""
    following = _NEXT_WORD.match(text, expression.end)
    return following is not None and following.group(1).islower()


def _is_month(text: str, expression: Expression, next_word: str, upper: bool) -> bool:
    parts = expression.parts
    word = parts.get("mon") or parts["bare"]
    if not upper and not word[0].isupper():
        return False
    if "y" in parts or "part" in parts:
        return True
    name = word.lower()
    if "before" in parts:
        weak = parts["before"].lower() in {"and", "to", "or", "of", "by", "after", "before", "from"}
        return not (name in MIXED_CASE_ONLY and (weak or (upper and name in {"may", "march"})))
    if upper or name in MIXED_CASE_ONLY:
        return False
    return not next_word[:1].isupper()
