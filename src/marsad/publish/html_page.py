"""The page: a coded report as one self-contained HTML file.

Reads   a CodedReport through the view.
Writes  HTML with its style inside: the text with every evidence marked by kind, the
        incidents beside it, and links both ways.
Never   requests anything from outside, runs a script, or lets markup of the report through.

Loses   what the view loses. A name withheld on the page stands in the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from urllib.parse import urlsplit

from marsad.publish.page_text import Anchors, body_html, legend_html
from marsad.publish.safe_text import neutralise, one_line
from marsad.publish.view import Explanations, make_view
from marsad.publish.view_parts import (
    ClaimView,
    DisputeView,
    IncidentView,
    PartyView,
    ReportView,
    TallyRow,
)
from marsad.records import CodedReport, Evidence


def render_page(
    coded: CodedReport, *, names: bool = False, explanations: Explanations | None = None
) -> str:
    """One report as a whole page."""
    title = make_view(coded, names=names).title
    section = render_section(coded, 1, names=names, explanations=explanations)
    return page_head(title) + section + page_foot()


def page_head(title: str) -> str:
    """The page up to the first report. The policy line forbids every outside request."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{_esc(title)} – marsad</title>\n<style>{_css()}</style>\n</head>\n<body>\n<main>\n"
    )


def page_foot() -> str:
    """The page after the last report."""
    return (
        '</main>\n<footer class="small soft"><p>Coded by marsad from the words of the report. '
        "A claim is what a source said; an incident is what the claims are judged to be about. "
        "Nothing here was checked against the world. Place data: GeoNames, CC BY 4.0.</p>"
        "</footer>\n</body>\n</html>\n"
    )


def render_section(
    coded: CodedReport,
    number: int,
    *,
    names: bool = False,
    explanations: Explanations | None = None,
) -> str:
    """One report of a page. `number` keeps the anchors of several reports apart."""
    view = make_view(coded, names=names, explanations=explanations)
    return "".join(_section(coded, view, Anchors(f"r{number}-")))


@cache
def _css() -> str:
    return files("marsad.publish").joinpath("page.css").read_text("utf-8")


def _esc(text: str) -> str:
    return escape(neutralise(text), quote=True)


def _section(coded: CodedReport, view: ReportView, anchors: Anchors) -> Iterator[str]:
    yield '<article class="report">\n<header>\n'
    yield f'<h1 dir="auto">{_esc(view.title)}</h1>\n'
    yield f'<p class="soft" dir="auto">{_esc(view.byline)}{_source_link(view.url)}</p>\n'
    yield _overview(view, anchors)
    yield '</header>\n<div class="columns">\n'
    yield '<section class="text" aria-label="Text of the report" tabindex="0">\n'
    yield legend_html()
    yield f'<div class="body" dir="auto"{_lang(view.language)}>'
    yield body_html(coded, view, anchors)
    yield "</div>\n"
    if view.names_withheld:
        yield (
            '<p class="small soft">Names read as those of private persons are withheld here. '
            "Other names stand as the report published them.</p>\n"
        )
    yield '</section>\n<section aria-label="Incidents">\n'
    for incident in view.incidents:
        yield from _incident(incident, anchors)
    if view.asides:
        yield from _asides(view.asides, anchors)
    yield "</section>\n</div>\n</article>\n"


def _lang(language: str | None) -> str:
    return f' lang="{_esc(language)}"' if language and language.isalpha() else ""


def _source_link(url: str | None) -> str:
    """A link for http and https; any other address is shown as text only."""
    if not url:
        return ""
    shown = _esc(one_line(url))
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme in ("http", "https"):
        return f' · <a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a>'
    return f" · {shown}"


def _overview(view: ReportView, anchors: Anchors) -> str:
    if not view.incidents:
        return "<p>No incident in this report.</p>\n"
    items = "".join(
        f'<li><a href="#{anchors.incident(incident.number)}">{_esc(incident.kind)}</a>, '
        f"<bdi>{_esc(_in_short(incident))}</bdi>{_toll(incident)}</li>"
        for incident in view.incidents
    )
    return f'<nav aria-label="Incidents in this report"><ol class="overview">{items}</ol></nav>\n'


def _in_short(incident: IncidentView) -> str:
    """Where and when, without what the card says about precision."""
    place = (incident.place or "place not stated").split(" · ")[0]
    return f"{place}, {incident.when}" if incident.when else place


def _toll(incident: IncidentView) -> str:
    """The first row of the figures, in a few words."""
    if not incident.tallies:
        return ""
    row = incident.tallies[0]
    outcome = row.label.split(":")[0].split(",")[0]
    count = row.low if row.low == row.high else f"{row.low}–{row.high}"
    return f": {_esc(outcome)} {_esc(f'{row.low}+' if row.high == 'open' else count)}"


def _incident(incident: IncidentView, anchors: Anchors) -> Iterator[str]:
    yield f'<article class="card" id="{anchors.incident(incident.number)}">\n'
    place = _linked(incident.place, incident.place_evidence, anchors) or "place not stated"
    yield f"<h3>{incident.number}. {_esc(incident.kind)} — <bdi>{place}</bdi></h3>\n<dl>"
    when = _linked(incident.when, incident.when_evidence, anchors) or "date not stated"
    yield f"<dt>When</dt><dd>{when}</dd>"
    yield f"<dt>By</dt><dd>{_parties(incident.actors, anchors)}</dd>"
    yield f"<dt>To</dt><dd>{_parties(incident.recipients, anchors)}</dd>"
    yield (
        f'<dt>Status</dt><dd><span class="tag">{_esc(incident.status)}</span> '
        f'<span class="small soft">{_esc(incident.status_reason)}</span></dd></dl>\n'
    )
    if incident.tallies:
        yield _tallies(incident.tallies, anchors)
    for dispute in incident.disputes:
        yield _dispute(dispute, anchors)
    for told in incident.told:
        yield _speaker(told.speaker, told.modality)
        yield from (_quote(claim, anchors) for claim in told.claims)
    yield "</article>\n"


def _linked(words: str | None, evidence: Evidence | None, anchors: Anchors) -> str | None:
    if words is None:
        return None
    if evidence is None:
        return _esc(words)
    return f'<a href="#{anchors.evidence(evidence.start, evidence.end)}">{_esc(words)}</a>'


def _parties(parties: Iterable[PartyView], anchors: Anchors) -> str:
    shown = []
    for party in parties:
        kind = f' <span class="soft">({_esc(party.kind)})</span>' if party.kind else ""
        reporters = "; ".join(party.reported_by)
        by = (
            f' <span class="small soft">as reported by {_esc(reporters)}</span>'
            if reporters
            else ""
        )
        shown.append(f"<bdi>{_linked(party.name, party.evidence, anchors)}</bdi>{kind}{by}")
    return "<br>".join(shown) or '<span class="soft">not stated</span>'


def _tallies(rows: Iterable[TallyRow], anchors: Anchors) -> str:
    body = "".join(_tally_row(row, anchors) for row in rows)
    return (
        '<div class="scroll"><table><thead><tr><th scope="col">Figures</th>'
        '<th scope="col" class="num">low</th><th scope="col" class="num">best</th>'
        '<th scope="col" class="num">high</th><th scope="col">who says so</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>\n"
    )


def _tally_row(row: TallyRow, anchors: Anchors) -> str:
    label = _linked(row.label, row.evidence[0] if row.evidence else None, anchors)
    sources = "<br>".join(f"<bdi>{_esc(source)}</bdi>" for source in row.sources) or "not stated"
    part = ' class="part"' if row.part else ""
    return (
        f'<tr{part}><th scope="row"><bdi>{label}</bdi></th><td class="num">{_esc(row.low)}</td>'
        f'<td class="num best">{_esc(row.best)}</td><td class="num">{_esc(row.high)}</td>'
        f"<td>{sources}</td></tr>"
    )


def _dispute(dispute: DisputeView, anchors: Anchors) -> str:
    parts = ['<div class="dispute"><h4>Disputed</h4>']
    if dispute.claim is not None:
        parts.append(_said(dispute.claim, anchors, lead="Claim: "))
    for counter in dispute.counters:
        lead = f"Against it, {counter.about}: "
        if counter.claim is not None:
            parts.append(_said(counter.claim, anchors, lead=lead))
        else:
            parts.append(f"<p><b>{lead}</b>{_esc(' and '.join(counter.sources))}</p>")
    return "".join(parts) + "</div>\n"


def _said(claim: ClaimView, anchors: Anchors, lead: str = "") -> str:
    return _speaker(claim.speaker, claim.modality, lead) + _quote(claim, anchors)


def _speaker(speaker: str, modality: str, lead: str = "") -> str:
    tag = "" if modality == "stated as fact" else f' <span class="tag">{modality}</span>'
    return f"<p><b>{lead}</b><bdi>{_esc(speaker)}</bdi>{tag}</p>"


def _quote(claim: ClaimView, anchors: Anchors) -> str:
    target = anchors.evidence(claim.evidence.start, claim.evidence.end)
    why = "".join(f'<p class="why">Why: {_esc(reason)}</p>' for reason in claim.reasons)
    if claim.repeated:
        return f'<p class="small soft"><a href="#{target}">in words quoted above</a></p>{why}\n'
    return (
        f'<blockquote dir="auto"><a href="#{target}">“{_esc(claim.quote)}”</a></blockquote>{why}\n'
    )


def _asides(asides: Iterable[ClaimView], anchors: Anchors) -> Iterator[str]:
    yield f'<article class="card" id="{anchors.incident(0)}"><h3>Said, but no incident</h3>\n'
    for claim in asides:
        about = ", ".join(part for part in (claim.kind, claim.place, claim.when) if part)
        yield f'<p class="small soft"><bdi>{_esc(about)}</bdi></p>'
        yield _said(claim, anchors)
    yield "</article>\n"
