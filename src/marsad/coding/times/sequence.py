"""Sequence: words that date one event by another ("a day after", "hours later").

Reads   an expression and the sentence's text around it.
Writes  nothing.
Never   resolves a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from marsad.coding.times.patterns import Expression

BESIDE = re.compile(r"^\s*[,(]?\s*(?:the\s+|on\s+)?$", re.IGNORECASE)
AFTER_END = re.compile(r"\s*\b(?:after|before)$", re.IGNORECASE)
_CAME = re.compile(
    r"\b(?:came|comes|coming|happened|occurred|took\s+place|happening|takes\s+place)\s+"
    r"(?:just\s+|only\s+|barely\s+|less\s+than\s+|more\s+than\s+|about\s+|some\s+)*$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"^\s+(?:the|that|this|these|those|it|its|his|her|their|being|he|she|they)\b", re.IGNORECASE
)


def sequence_words(expression: Expression) -> str:
    """The words of the expression that give the order."""
    return expression.parts.get("phrase") or expression.parts.get("dir", "")


def ends_in_after(expression: Expression) -> bool:
    """Whether "after" or "before" closes it: "a day after", "hours before"."""
    return AFTER_END.search(sequence_words(expression)) is not None


def day_beside(text: str, expression: Expression, told: Sequence[tuple[int, date]]) -> date | None:
    """The day that "a day after" counts from in "since Oct. 8, a day after they fired".

    `told`: where each dated expression ends in `text`, and its first day. What happened long
    ago has a sequence of its own, whatever the story's clock says.
    """
    return next(
        (
            day
            for end, day in told
            if end <= expression.start and BESIDE.match(text[end : expression.start])
        ),
        None,
    )


def brings_in(text: str, expression: Expression) -> bool:
    """Whether "a day after" brings in an event not told before, or says when the last one came."""
    after = text[expression.end :]
    if not re.match(r"\s+\w", after):
        return False
    if _CAME.search(text[: expression.start]):
        return True
    opens = not text[: expression.start].strip()
    return not opens and _DEFINITE.match(after) is None


def is_moment(expression: Expression) -> bool:
    """ "moments later", "an hour before": on the day told last, which a hearing's is not."""
    unit = expression.parts.get("unit") or expression.parts.get("units", "")
    return unit.lower() in {"second", "minute", "hour", "moment"}


def needs_told(expression: Expression) -> bool:
    """Whether it counts from another event's day."""
    return expression.kind == "told" or (
        expression.kind == "phrase"
        and expression.parts["phrase"].lower().split()[0] in _TOLD_OPENERS
    )


_TOLD_OPENERS = frozenset(
    {"that", "hours", "minutes", "moments", "later", "earlier", "the", "a", "one"}
)
