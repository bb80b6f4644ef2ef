"""Words: places, days and numbers short enough for a title that is read in a list.

Reads   values that `protect` let through.
Writes  short English phrases on one line.
Never   lets words that run from right to left move the numbers beside them.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from marsad.publish.exports.content import Count, ExportIncident, Span, Where
from marsad.publish.safe_text import one_line
from marsad.publish.wording import (
    OUTCOME_ORDER,
    STATUS_LABELS,
    event_label,
    number,
    range_words,
)
from marsad.records import DEFAULT_POLICY

# Not in XML, escaped or not.
_NO_XML = re.compile("[\ufffe\uffff]")
_FROM_RIGHT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_RUN_SIGNS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUNS = re.compile(rf"[{_RUN_SIGNS}](?:[\W_]*[{_RUN_SIGNS}])*")
FSI, PDI = "\u2068", "\u2069"


def plain(text: str) -> str:
    """`text` on one line, without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", one_line(text))


def runs_from_right(text: str) -> bool:
    """Whether some of `text` is written from right to left."""
    return any(unicodedata.bidirectional(sign) in _FROM_RIGHT for sign in text)


def isolate(text: str) -> str:
    """`text`, set apart where it runs from right to left: a number beside it stays in place."""
    return f"{FSI}{text}{PDI}" if runs_from_right(text) else text


def isolate_runs(text: str) -> str:
    """A sentence with every stretch that runs from right to left set apart."""
    return _RUNS.sub(lambda run: f"{FSI}{run[0]}{PDI}", text)


def place_phrase(where: Where | None) -> str:
    """ "near Tartus, Syria"; "place not stated"."""
    if where is None:
        return "place not stated"
    name = isolate(plain(where.name))
    parts = [name]
    if where.country_name and where.country_name != where.name:
        parts.append(where.country_name)
    relation = plain(where.relation or "") or "in"
    return f"{relation} {', '.join(parts)}"


def day_phrase(span: Span | None) -> str:
    """ "25 Dec 2024", "Nov 2024", "20 to 25 Dec 2024"; "date not known"."""
    if span is None:
        return "date not known"
    start, end = date.fromisoformat(span.start[:10]), date.fromisoformat(span.end[:10])
    if start == end:
        return _day(start)
    if span.precision == "year" and start.year == end.year:
        return str(start.year)
    same_month = (start.year, start.month) == (end.year, end.month)
    if span.precision == "month" and same_month:
        return f"{start:%b %Y}"
    if same_month:
        return f"{start.day} to {_day(end)}"
    return (
        f"{start.day} {start:%b} to {_day(end)}"
        if start.year == end.year
        else (f"{_day(start)} to {_day(end)}")
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def incident_phrase(incident: ExportIncident) -> str:
    """ "Armed clash near Tartus, Syria, 25 Dec 2024"."""
    where = place_phrase(incident.where)
    lead = event_label(incident.event_type)
    sep = ", " if incident.where is None else " "
    return f"{lead}{sep}{where}, {day_phrase(incident.when)}"


def status_phrase(incident: ExportIncident) -> str:
    """ "corroborated"; of a contested one what about: "contested: who did it"."""
    if incident.reviewed == "rejected":
        return "rejected by a reviewer"
    label = STATUS_LABELS[incident.status][0]
    about = dict.fromkeys(dispute.words for dispute in incident.disputes)
    return f"{label}: {', '.join(about)}" if incident.status == "contested" and about else label


def count_phrase(count: Count | None) -> str | None:
    """A count with its bounds: "14 (12 to 17)", "14 or more"."""
    if count is None:
        return None
    words = range_words(count.low, count.high)
    if count.high is None:
        return words if count.best == count.low else f"{number(count.best)} ({words})"
    return words if count.low == count.best == count.high else f"{number(count.best)} ({words})"


def toll_phrase(incident: ExportIncident) -> str:
    """ "14 or more killed, 10 injured" by the least that is told; "" without numbers."""
    parts = []
    for outcome in OUTCOME_ORDER:
        total = incident.total(outcome, DEFAULT_POLICY)
        if total is not None:
            exact = total.low == total.high
            parts.append(f"{number(total.low)}{'' if exact else ' or more'} {outcome}")
    return ", ".join(parts)


def minimum_phrase(incident: ExportIncident) -> str:
    """The documented minimum, in a sentence."""
    parts = [
        f"{number(total.low)} {outcome}"
        for outcome in OUTCOME_ORDER
        if (total := incident.total(outcome, DEFAULT_POLICY)) is not None
    ]
    if not parts:
        return "No number of people is told."
    doubt = "; a source disputes this incident" if incident.status == "contested" else ""
    return f"Documented minimum: {', '.join(parts)}{doubt}."
