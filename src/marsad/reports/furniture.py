"""Page furniture: what stands on a news page and is not the story.

Reads   one line of a page at a time, and `codebook/data/reports_furniture.toml`.
Writes  the line's kind.
Never   knows a site: rules are about forms ("5 min read", "Share on ..."), not names.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

LineKind = Literal["text", "prose", "furniture", "box", "end", "section"]

# A line of running text: a sentence of five words, or twenty words with no full stop.
MIN_SENTENCE_WORDS = 5
MIN_UNSTOPPED_WORDS = 20
# Headings of boxes are short; sentences that begin like them are not.
MAX_HEADING_WORDS = 9
MAX_FURNITURE_CHARS = 420

_CLOSED = re.compile(r"[.!?…][\s\"”’'»)\]]*$")
_SEMI_CLOSED = re.compile(r"[:;,][\s\"”’'»)\]]*$")
_EDGES = " \t\xa0\u200b•·*|>»«‹›▶►▼→←–—-_#"


@dataclass(frozen=True)
class FurniturePatterns:
    """The data file, compiled. Every pattern is one alternation, matched against a whole line."""

    line: re.Pattern[str]
    notice: re.Pattern[str]
    box: re.Pattern[str]
    end: re.Pattern[str]
    trail: re.Pattern[str]
    lead: re.Pattern[str]
    sections: frozenset[str]
    agencies: frozenset[str]
    outlet_words: frozenset[str]
    agency: str


@cache
def load_patterns() -> FurniturePatterns:
    """The furniture patterns, compiled when first asked for (a few milliseconds)."""
    path = files("marsad.codebook").joinpath("data", "reports_furniture.toml")
    data = tomllib.loads(path.read_text("utf-8"))
    agency = _alternation(data["agencies"])
    names = {"{agency}": agency, "{net}": _alternation(data["networks"])}

    def compiled(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
        joined = "|".join(f"(?:{pattern})" for pattern in data[key])
        for name, value in names.items():
            joined = joined.replace(name, value)
        return re.compile(f"{before}(?:{joined}){after}", re.IGNORECASE)

    return FurniturePatterns(
        line=compiled("line"),
        notice=compiled("notice"),
        box=compiled("box"),
        end=compiled("end"),
        trail=compiled("trail", after="$"),
        lead=compiled("lead", before="^"),
        sections=frozenset(data["sections"]),
        agencies=frozenset(data["agencies"]),
        outlet_words=frozenset(data["outlet_words"]),
        agency=agency,
    )


def _alternation(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=4096)
def classify_line(line: str) -> LineKind:
    """What kind of line this is, by its own form alone."""
    patterns = load_patterns()
    bare = line.strip(_EDGES)
    if not any(char.isalpha() for char in bare):
        return "furniture"
    words = len(bare.split())
    stopped = _CLOSED.search(bare) is not None
    if len(bare) <= MAX_FURNITURE_CHARS:
        if words <= MAX_HEADING_WORDS and not bare.endswith("."):
            heading = bare.rstrip(" :.…!")
            if patterns.end.fullmatch(heading):
                return "end"
            if patterns.box.fullmatch(heading):
                return "box"
            if heading.casefold() in patterns.sections or _is_breadcrumb(bare):
                return "section"
        if patterns.notice.fullmatch(bare):
            return "furniture"
        if not (stopped and words > 4) and patterns.line.fullmatch(bare.rstrip(" :")):
            return "furniture"
    return "prose" if is_prose(bare) else "text"


def is_prose(line: str) -> bool:
    """Whether a line reads as running text: a sentence, or long enough to be one."""
    words = len(line.split())
    if words >= MIN_UNSTOPPED_WORDS:
        return True
    if words < MIN_SENTENCE_WORDS:
        return False
    if _CLOSED.search(line):
        return any(char.islower() for char in line) or words > 8
    return _SEMI_CLOSED.search(line) is not None and words >= 8


def strip_edges(line: str) -> str:
    """Take off furniture glued to the start or end of a line ("... said. Read more")."""
    patterns = load_patterns()
    cut = patterns.lead.sub("", line)
    match = patterns.trail.search(cut)
    while match and _CLOSED.search(cut[: match.start()].rstrip()):
        cut = cut[: match.start()].rstrip()
        match = patterns.trail.search(cut)
    return cut.strip()


def is_agency_name(text: str) -> bool:
    """Whether `text` is a wire service or several ("AFP", "AP/Reuters")."""
    parts = re.split(r"\s*[/,&+]\s*|\s+and\s+", text.strip(" ()[].—–-").casefold())
    return bool(parts) and all(part in load_patterns().agencies for part in parts)


def sounds_like_outlet(name: str) -> bool:
    """Whether a short capitalised name has the words outlets have in theirs."""
    words = name.casefold().replace("-", " ").split()
    if not words:
        return False
    known = load_patterns().outlet_words
    return words[0] == "the" or any(word.strip(".,") in known for word in words)


def _is_breadcrumb(line: str) -> bool:
    parts = [part.strip() for part in re.split(r"\s*(?:[>»/›|•]|::)\s*", line) if part.strip()]
    if len(parts) < 2 or any(len(part.split()) > 4 for part in parts):
        return False
    sections = load_patterns().sections
    return parts[0].casefold() in sections and all(len(part) < 30 for part in parts)
