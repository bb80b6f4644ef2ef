"""The text of a report as HTML, with every evidence marked by what was read from it.

Reads   a CodedReport, its view and the page's anchors.
Writes  paragraphs with marks, each linked to its incident, and the legend.
Never   changes a word, but for names withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from marsad.publish.highlight import Highlight, Piece, cut_pieces
from marsad.publish.privacy import SHOW_ALL, WITHHELD, withhold_private_names
from marsad.publish.safe_text import neutralise
from marsad.publish.view import passage
from marsad.publish.view_parts import ReportView
from marsad.records import Claim, CodedReport, Evidence

KINDS: dict[str, str] = {
    "what": "what happened",
    "who": "who",
    "where": "where",
    "when": "when",
    "many": "how many",
    "says": "who says so",
}
PASSAGE = "passage"


@dataclass(frozen=True)
class Anchors:
    """Names of the places on the page that links go to. `prefix` tells reports apart."""

    prefix: str

    def incident(self, number: int) -> str:
        """The card of an incident; 0 is the card of claims that make none."""
        return f"{self.prefix}i{number}"

    def evidence(self, start: int, end: int) -> str:
        """The words `text[start:end]`."""
        return f"{self.prefix}e{start}-{end}"


def legend_html() -> str:
    """What the marks mean; each kind differs in its underline too, not in colour alone."""
    items = "".join(
        f'<li><mark class="{kind}">{words}</mark></li>' for kind, words in KINDS.items()
    )
    return f'<ul class="legend" aria-label="What the marks mean">{items}</ul>\n'


def body_html(coded: CodedReport, view: ReportView, anchors: Anchors) -> str:
    """The report's text in paragraphs, marked. Lines of the text stay lines."""
    text = coded.report.text
    policy = withhold_private_names(coded) if view.names_withheld else SHOW_ALL
    withheld = list(policy.spans(text))
    breaks = [index for index, sign in enumerate(text) if sign == "\n"]
    cuts = {edge for span in withheld for edge in span}
    cuts |= {edge for index in breaks for edge in (index, index + 1)}
    highlights = _highlights(coded, view, anchors)
    out: list[str] = ["<p>"]
    for piece in cut_pieces(len(text), highlights, cuts):
        out += _anchors_of(piece, anchors)
        out.append(_piece_html(text, piece, withheld))
    out.append("</p>")
    return "".join(out)


def _highlights(coded: CodedReport, view: ReportView, anchors: Anchors) -> list[Highlight]:
    numbers: dict[str, int] = {}
    for incident in view.incidents:
        told = [claim.id for claim in incident.claims]
        for dispute in incident.disputes:
            told += [claim.id for claim in dispute.claims]
        for claim_id in told:
            numbers.setdefault(claim_id, incident.number)
    found: list[Highlight] = []
    for claim in coded.claims:
        number = numbers.get(claim.id, 0)
        for kind, evidence in evidence_of(claim):
            link = anchors.incident(number)
            found.append(Highlight(evidence.start, evidence.end, kind, number, link))
    for number, incident_record in enumerate(coded.incidents, start=1):
        link = anchors.incident(number)
        place, when = incident_record.place, incident_record.when
        values = [("where", place.evidence if place else None)]
        values += [("when", when.evidence if when else None)]
        values += [("who", party.evidence) for party in incident_record.participants]
        for kind, maybe in values:
            if maybe is not None:
                found.append(Highlight(maybe.start, maybe.end, kind, number, link))
    return found


def evidence_of(claim: Claim) -> Iterable[tuple[str, Evidence]]:
    """Every evidence of a claim, with the kind of value read from it."""
    yield PASSAGE, passage(claim)
    yield "what", claim.trigger
    for figure in claim.figures:
        yield "many", figure.evidence
    for party in claim.participants:
        if party.evidence:
            yield "who", party.evidence
    if claim.place and claim.place.evidence:
        yield "where", claim.place.evidence
    if claim.when and claim.when.evidence:
        yield "when", claim.when.evidence
    for source in claim.attribution:
        if source.evidence:
            yield "says", source.evidence


def _anchors_of(piece: Piece, anchors: Anchors) -> Iterator[str]:
    """One target for each distinct span that begins here."""
    for start, end in sorted({(span.start, span.end) for span in piece.starts}):
        yield f'<span class="anchor" id="{anchors.evidence(start, end)}"></span>'


def _piece_html(text: str, piece: Piece, withheld: list[tuple[int, int]]) -> str:
    raw = text[piece.start : piece.end]
    if raw == "\n":
        return "\n"
    hidden = next((span for span in withheld if span[0] <= piece.start < span[1]), None)
    if hidden is None:
        shown = escape(neutralise(raw), quote=True)
    elif piece.start == hidden[0]:
        shown = f'<span class="withheld">{WITHHELD}</span>'
    else:
        shown = ""
    marks = [span for span in piece.spans if span.kind != PASSAGE]
    if not marks:
        return shown
    top = marks[0]
    others = sorted({span.kind for span in marks} - {top.kind})
    also = f' title="{", ".join(KINDS[kind] for kind in [top.kind, *others])}"'
    html = f'<a class="m" href="#{top.link}"><mark class="{top.kind}"{also}>{shown}</mark></a>'
    ended = sorted({span.incident for span in piece.ends if span.kind == "what" and span.incident})
    return html + "".join(
        f'<sup class="n"><a href="#{span.link}">{span.incident}</a></sup>'
        for number in ended
        for span in [next(s for s in piece.ends if s.kind == "what" and s.incident == number)]
    )
