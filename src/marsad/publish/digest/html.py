"""HTML: a digest as one page that mail programs and browsers show alike.

Reads   a Digest, its pictures' addresses and a template.
Writes  HTML with its style inlined, and once more apart for dark mode and phones.
Never   lets a text out unescaped, or refers to anything outside itself but by links to click.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import css_inline
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from marsad.publish.digest.content import CREDIT, Digest
from marsad.publish.digest.wording import (
    counted,
    moved_words,
    period_words,
    preheader,
    range_words,
    subject,
    summary_words,
)
from marsad.publish.wording import STATUS_LABELS, number


def render_html(
    digest: Digest, pictures: dict[str, str], alts: dict[str, str], unsubscribe: str | None = None
) -> str:
    """The page. `pictures` are addresses by name: `data:` in a file, `cid:` in mail."""
    template = _environment().get_template("digest.html")
    names = ("map_light", "map_dark", "timeline_light", "timeline_dark")
    page = template.render(
        digest=digest,
        css=Markup(_read("digest.css")),
        subject=subject(digest),
        preheader=preheader(digest),
        period=period_words(digest.since, digest.until),
        summary=summary_words(digest),
        pictures={name: pictures.get(name) for name in names},
        alts=alts,
        credit=CREDIT,
        unsubscribe=unsubscribe,
    )
    return _inliner().inline(page)


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(
        keep_style_tags=True, load_remote_stylesheets=False, keep_link_tags=False
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        counted=counted,
        moved_words=moved_words,
        number=number,
        range_words=range_words,
        more=_more,
        status_words={status: words for status, (words, _) in STATUS_LABELS.items()},
    )
    return environment


def _read(name: str) -> str:
    return files("marsad.publish.digest").joinpath("templates", name).read_text("utf-8")


def _more(count: int, one: str) -> Markup:
    if count <= 0:
        return Markup("")
    return Markup('<p class="meta">… and {} more, not listed here.</p>').format(counted(count, one))
