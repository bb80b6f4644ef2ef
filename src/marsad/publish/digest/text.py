"""Text: a digest as plain text, for those who read mail so.

Reads   a Digest.
Writes  lines of at most 76 signs, web addresses apart.
Never   lets words of a right-to-left script turn the line around them: they are isolated.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from marsad.publish.digest.content import (
    CREDIT,
    Changed,
    Correction,
    Digest,
    Disputed,
    Entry,
    Link,
    Move,
    Voice,
)
from marsad.publish.digest.direction import isolate
from marsad.publish.digest.wording import (
    FIGURES_ARE,
    counted,
    moved_words,
    period_words,
    summary_words,
    total_words,
)
from marsad.publish.wording import STATUS_LABELS

COLUMNS = 76


def render_text(digest: Digest, unsubscribe: str | None = None) -> str:
    """The digest as text that ends in a line end."""
    lines = [
        *_wrap(isolate(digest.title).upper() if digest.title.isascii() else isolate(digest.title)),
        *_wrap(f"{period_words(digest.since, digest.until)} · {isolate(digest.filter_words)}"),
        *_wrap(f"{summary_words(digest).capitalize()}."),
    ]
    if digest.is_empty:
        lines += ["", *_wrap("Nothing new, nothing changed and nothing to correct in this period.")]
    lines += [line for section in _sections(digest) for line in section]
    lines += ["", "-" * 40, *_footer(digest)]
    if unsubscribe:
        lines += ["", "Unsubscribe:", unsubscribe]
    return "\n".join(lines) + "\n"


def _sections(digest: Digest) -> Iterator[list[str]]:
    if digest.totals:
        yield [*_heading(f"Totals ({FIGURES_ARE})"), *_totals(digest)]
    if digest.corrections:
        lines = _heading("Corrections of earlier digests")
        for correction in digest.corrections:
            lines += ["", *_correction(correction)]
        yield lines + _more(digest.more_corrections, "correction")
    if digest.new:
        lines = _heading("New")
        for entry in digest.new:
            lines += ["", *_entry(entry)]
        yield lines + _more(digest.new_count - len(digest.new), "new incident")
    if digest.changed:
        lines = _heading("Changed, and why")
        for changed in digest.changed:
            lines += ["", *_changed(changed)]
        yield lines + _more(digest.changed_count - len(digest.changed), "changed incident")
    if digest.disputed:
        lines = _heading("Who disagrees")
        for disputed in digest.disputed:
            lines += ["", *_disputed(disputed)]
        yield lines + _more(digest.more_disputed, "dispute")


def _heading(words: str) -> list[str]:
    return ["", "", words, "=" * len(words)]


def _totals(digest: Digest) -> Iterator[str]:
    for total in digest.totals:
        parts = []
        if total.incidents:
            over = counted(total.incidents, "new incident")
            parts.append(f"{total_words(total)} ({over})")
        if total.moved:
            parts.append(f"changed incidents move the earlier minimum by {moved_words(total)}")
        yield from _wrap(f"{total.outcome}: {'; '.join(parts)}", "  ")


def _entry(entry: Entry) -> Iterator[str]:
    yield from _wrap(f"* {entry.label}, {isolate(entry.where)}, {entry.when}", "  ")
    yield from _wrap(f"  {STATUS_LABELS[entry.status][0]} · incident {entry.link.words}", "  ")
    for figure in entry.numbers:
        says = f": {_links(figure.says)}" if figure.says else ""
        yield from _wrap(f"  {figure.outcome} {figure.words}{says}", "    ")
    for name, words in (("reported doer", entry.actors), ("done to", entry.recipients)):
        if words:
            yield from _wrap(f"  {name}: {_list(words)}", "    ")
    if entry.sources:
        yield from _wrap(f"  according to: {_list(entry.sources)}", "    ")
    if entry.reports:
        yield from _wrap(f"  reports: {_links(entry.reports)}", "    ")
    yield from _address(entry.link)


def _changed(changed: Changed) -> Iterator[str]:
    entry = changed.entry
    yield from _wrap(f"* {entry.label}, {isolate(entry.where)}, {entry.when}", "  ")
    yield from _wrap(f"  {STATUS_LABELS[entry.status][0]} · incident {entry.link.words}", "  ")
    if changed.fate:
        because = f" ({isolate(changed.because.words)})" if changed.because else ""
        yield from _wrap(f"  {changed.fate}{because}", "    ")
    yield from _moves(changed.moves)
    yield from _address(entry.link)


def _correction(correction: Correction) -> Iterator[str]:
    yield from _wrap(f"* {isolate(correction.headline)}", "  ")
    yield from _wrap(f"  incident {correction.incident.words}; digest of {correction.digest}", "  ")
    if correction.fate:
        yield from _wrap(f"  {correction.fate}", "    ")
    yield from _moves(correction.moves, said=True)
    yield from _address(correction.incident)


def _moves(moves: Iterable[Move], *, said: bool = False) -> Iterator[str]:
    for move in moves:
        before, after = isolate(move.before), isolate(move.after)
        words = f"we said {before}, now {after}" if said else f"{before} -> {after}"
        yield from _wrap(f"  {move.name}: {words}", "    ")
        if move.because:
            yield from _wrap(f"    because of: {isolate(move.because.words)}", "      ")
        if move.says:
            yield from _wrap(f"    who says so: {_links(move.says)}", "      ")


def _disputed(disputed: Disputed) -> Iterator[str]:
    yield from _wrap(f"* {isolate(disputed.headline)}: {disputed.about}", "  ")
    yield from _voice("", disputed.claim)
    yield from _voice("against it: ", disputed.counterclaim)
    yield from _address(disputed.incident)


def _voice(lead: str, voice: Voice) -> Iterator[str]:
    where = f" ({isolate(voice.report.words)})" if voice.report else ""
    numbers = f": {'; '.join(voice.numbers)}" if voice.numbers else ""
    yield from _wrap(f"  - {lead}{isolate(voice.who)}{where}{numbers}", "    ")
    if voice.quote:
        yield from _wrap(f"    “{isolate(voice.quote)}”", "    ")


def _footer(digest: Digest) -> Iterator[str]:
    names = (
        "Names of victims, witnesses and private persons are withheld on best effort."
        if digest.profile == "public"
        else "WITH NAMES: internal, not for the public."
    )
    yield from _wrap(
        f"Numbers are a {FIGURES_ARE}: at least so many are told of. They are no count of all. "
        f"Counted under the policy {digest.policy}. {names}"
    )
    yield from _wrap(
        f"Made {digest.made_at:%Y-%m-%d %H:%M} UTC from rows {digest.rows[0] + 1} to "
        f"{digest.rows[1]} of a ledger whose last row is {digest.ledger_head[:16]}."
    )
    yield from _wrap(CREDIT)


def _more(count: int, one: str) -> list[str]:
    return ["", *_wrap(f"… and {counted(count, one)} more, not listed here.")] if count > 0 else []


def _links(links: Iterable[Link]) -> str:
    return "; ".join(isolate(link.words) for link in links)


def _list(words: Iterable[str]) -> str:
    return "; ".join(map(isolate, words))


def _address(link: Link) -> Iterator[str]:
    if link.url:
        yield f"  {link.url}"


def _wrap(words: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        words,
        COLUMNS,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]
