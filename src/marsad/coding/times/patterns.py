"""Where time expressions stand in a sentence: the patterns, before any date is worked out.

Reads   the text of one sentence and the kinds of time words seen in it.
Writes  nothing; returns `Expression`s in text order, none overlapping.
Never   resolves a date: see time_expressions.

The patterns are compiled when first needed; a sentence is only searched with those whose anchor
word it holds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.coding.times.words import load_time_phrases, load_time_words, words_pattern

PART_NAMES = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
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
    raw, fragments = _sources()
    return tuple(
        (name, re.compile(_fill(pattern, fragments), re.IGNORECASE)) for name, pattern in raw[kind]
    )


@cache
def _sources() -> tuple[dict[str, list[list[str]]], dict[str, str]]:
    """The pattern sources by kind, and the fragments and word lists they are made of."""
    text = files("marsad.codebook").joinpath("data/time_patterns.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    words = load_time_words()
    spelt = words_pattern([*words.numbers, *words.vague])
    units = "(?:one|two|three|four|five|six|seven|eight|nine)"
    holidays = words_pattern(words.holidays).replace("'", "['’]?")
    fragments: dict[str, str] = raw["fragments"] | {
        "weekday": words_pattern(words.weekdays),
        "short_weekday": words_pattern(words.short_weekdays),
        "month": words_pattern(words.months),
        "any_month": words_pattern([*words.months, *words.short_months]),
        "season_word": words_pattern(words.seasons),
        "holiday_name": holidays,
        "year_event": words_pattern(words.year_events),
        "number": rf"(?:\d{{1,3}}|{spelt})(?:[\s-]+{units})?",
        "phrase_word": words_pattern(load_time_phrases()),
    }
    return raw["patterns"], fragments


def _fill(pattern: str, fragments: dict[str, str]) -> str:
    """Put the fragments in the place of their <names>; named groups stay."""
    return re.sub(
        r"(?<!\?P)<(\w+)>", lambda match: _fill(fragments[match.group(1)], fragments), pattern
    )


def find_expressions(text: str, kinds: set[str]) -> list[Expression]:
    """All time expressions of `kinds` in `text`; where two overlap, the first and longest."""
    found: list[Expression] = []
    blocked = _name_spans(text) if kinds - {"relative", "phrase"} else []
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
    """A lower-case noun after a day is no part of a name ("Friday street party")."""
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
