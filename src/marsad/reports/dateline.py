"""The dateline: where, and when, the reporter filed from.

Reads   the first lines of a text.
Writes  a `Dateline` with its span, so that coding can step over it.
Never   says where anything happened: that is a question for coding.

Newswire forms ("KYIV (Reuters) -", "GOMA, DR Congo, March 3 (Xinhua) --",
"Port-au-Prince —", "BEIRUT: ...") and broadcast-monitoring forms
("SANTIAGO, 20 MAR 89 (DOMESTIC SERVICE) -- [TEXT]").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from marsad.reports.dates import MONTH_PATTERN, find_date, make_date, read_month, read_year

# The dateline opens the story: later lines hold quoted statements with datelines of their own.
MAX_LINES = 8
MAX_CHARS = 3000
# Inside a line only this near its start ("Headline. LEXINGTON, Neb. (AP) ...").
MAX_INLINE_CHARS = 250

# Upper-case openers that look like a city and are labels.
NOT_CITIES = frozenset(
    """update updated updates breaking watch video videos photo photos picture pictures file
    exclusive live news analysis opinion explainer editorial commentary comment feature
    features review profile interview transcript fact check factbox timeline correction
    corrections clarification note notes editors editor warning urgent alert developing latest
    report reports related read more gallery listen podcast background context abstract
    summary letter letters byline title source sources story question answer reporter
    moderator host police army military government officials official monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august
    september october november december today yesterday tonight nato isis isil hamas hezbollah
    taliban unhcr unicef unifil monusco minusma ocha idf rsf saf sdf ypg pkk wagner boko haram
    al-shabaab part chapter section verdict also but and the this that what why how who when
    where inside""".split()
)
NO_PLACE = frozenset({"clandestine", "no city", "unknown", "internet", "location not given"})
PARTICLES = frozenset(
    "al el as ash an ad de del des du la las le los of the da do dos di und von au aux".split()
)
AGENCIES = frozenset(
    """afp ap reuters xinhua upi ani pti aa anadolu dpa efe ips rfe/rl rferl voa bbc cnn irna
    isna tass interfax itar-tass ria novosti sana petra kuna wam spa mena nna una apa-efe
    acan-efe notimex ansa bernama antara yonhap kyodo ians uni app apa nan pna bss sna gna
    lusa belga efe-epa adnkronos trend cbs nbc abc fox ap/afp afp/ap irin ocha press inp""".split()
)


@dataclass(frozen=True)
class Dateline:
    """A dateline in a text: `text[start:end]`, `end` being the story's first character.

    `city` stands in normal case and is None where the line names no place (a
    clandestine station). `filed` is the printed date, if it has a year.
    """

    city: str | None
    end: int
    start: int = 0
    filed: date | None = None
    agency: str | None = None


@dataclass
class _Parts:
    """What the scanner has seen so far at one position."""

    city: str
    caps: bool
    position: int
    regions: list[str]
    agency: str | None = None
    dated: bool = False
    filed: date | None = None
    separator: str = ""


def find_dateline(text: str) -> Dateline | None:
    """The dateline of a report's text, or None. Offsets count code points."""
    head = text[:MAX_CHARS]
    all_caps = is_upper_case(head[:400])
    position, lines = 0, 0
    for line in head.split("\n"):
        if line.strip():
            lines += 1
            if lines > MAX_LINES:
                break
            start = position + len(line) - len(line.lstrip(" \t\xa0•*>"))
            found = _scan(text, start, all_caps) or _scan_inline(text, start, line, all_caps)
            if found:
                return found
        position += len(line) + 1
    return None


def is_upper_case(text: str) -> bool:
    """Whether the text is set in capitals throughout (nine letters in ten)."""
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.9 * len(letters)


def normal_case(name: str) -> str:
    """A place name in its usual case: 'PORT-AU-PRINCE' is 'Port-au-Prince'."""
    squeezed = " ".join(name.split())
    known = _names()[0].get(_key(squeezed))
    if known is not None:
        return known if _key(known) == _key(squeezed) and known.isascii() else squeezed
    if not squeezed.isupper():
        return squeezed
    words = re.split(r"([\s\-]+)", squeezed.lower())
    cased = [
        word if index and word in PARTICLES else _capitalise(word)
        for index, word in enumerate(words)
    ]
    return "".join(cased)


def _capitalise(word: str) -> str:
    if re.fullmatch(r"(?:[a-z]\.)+", word):
        return word.upper()
    match = re.match(r"([nmdo]['’])(\w.*)", word)  # N'Djamena, O'Fallon
    if match:
        return match[1].capitalize() + match[2].capitalize()
    return word[:1].upper() + word[1:]


@cache
def _names() -> tuple[dict[str, str], frozenset[str]]:
    """Known dateline cities (by key, in usual case) and regions (keys)."""
    cities: dict[str, str] = {}
    regions: set[str] = set()
    table = files("marsad.codebook").joinpath("data", "reports_datelines.tsv").read_text("utf-8")
    for row in table.splitlines():
        kind, _, name = row.partition("\t")
        if kind == "city":
            cities[_key(name)] = name
        elif kind == "region":
            regions.add(_key(name))
    return cities, frozenset(regions)


def _key(name: str) -> str:
    plain = unicodedata.normalize(
        "NFKD", name.replace("’", "'").replace("‘", "'").replace("ʼ", "'")
    )
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold().strip(" .")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    upper, lower = r"A-ZÀ-ÖØ-Þ", r"a-zß-öø-ÿāăąćčďđēęěğīıłńňōőŕřśšţťūůűźżžșț"
    caps_word = rf"(?:Mc|De)?[{upper}][{upper}'’ʼ‘.]*(?:-(?:[{upper}'’]+|al|el|e|i|ul))*"
    title_word = rf"[{upper}][{lower}{upper}'’ʼ‘.]*(?:-[{upper}{lower}'’]+)*"
    particle = (
        r"(?:al|el|as|ash|es|ez|er|az|at|an|ad|de|del|des|du|la|las|le|los|of|the|da|do|dos|di)"
    )
    region = rf"(?:(?:north|south|east|west|central|occupied)[a-z-]* )?{title_word}"
    weekday = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    day = (
        rf"(?:{weekday},?\s+)?(?:(?P<m1>{MONTH_PATTERN})\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y1>\d{{4}}))?"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s*(?P<m2>{MONTH_PATTERN})(?:,?\s+(?P<y2>\d{{4}}|\d{{2}})\b)?)"
        rf"|no date\b|{weekday}(?=\s*[(–—-])"
    )
    return {
        "caps": re.compile(rf"{caps_word}(?:[ /]{caps_word}){{0,4}}(?![{lower}])"),
        "title": re.compile(rf"{title_word}(?:[ /-](?:{particle}[ -])?{title_word}){{0,3}}"),
        "region": re.compile(rf"\s*,\s*({region}(?: (?:{particle} ){{0,2}}{title_word}){{0,5}})"),
        "parens": re.compile(r"\s*,?\s*\(([^()\n]{1,60}(?:\n[^()\n]{1,40})?)\),?"),
        "date": re.compile(rf"\s*,?\s*(?:{day})", re.IGNORECASE),
        "dash": re.compile(r"\s*,?\s*(--+|[–—―])\s*|(?:,?\s+|(?<=[).]))(-)\s+"),
        "mark": re.compile(r"\s*([:|])\s+"),
        "brackets": re.compile(r"(?:\s*\[[^\[\]]{1,160}\])+\s*"),
        "opening": re.compile(rf"[{upper}\d“\"'‘(\[«$£€]"),
        "opener_word": re.compile(
            r"\s(?=(?:The|A|An|At|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|More|Some|Several|Dozens"
            r"|Hundreds|Thousands|Police|President|Gunmen|Militants|Rebels|Troops)\s[a-zA-Z])"
        ),
    }


def _scan(text: str, start: int, all_caps: bool, *, inline: bool = False) -> Dateline | None:
    """A dateline that begins exactly at `start`."""
    for kind in ("caps", "title"):
        match = _patterns()[kind].match(text, start)
        if not match:
            continue
        city, end = match[0], match.end()
        if city.endswith(".") and not re.search(r"\b(?:[A-Z]\.)+$", city):
            continue  # "They left. The army" is two sentences
        if kind == "caps" and text[end : end + 1].isalpha():
            continue  # the capitals end inside a word
        parts = _Parts(city, kind == "caps" and not all_caps, end, [])
        _read_parts(text, parts)
        after = _read_separator(text, parts)
        if after is None or not _is_dateline(text, parts, after, all_caps):
            continue
        if inline and not (parts.caps and _has_evidence(parts)):
            continue
        name = re.split(r"[/]", parts.city)[0]
        place = None if _key(name) in NO_PLACE else normal_case(name)
        return Dateline(place, after, start, parts.filed, parts.agency)
    return None


def _scan_inline(text: str, start: int, line: str, all_caps: bool) -> Dateline | None:
    """A dateline after a headline that stands in the same line."""
    if all_caps:
        return None
    limit = min(len(line.rstrip()), MAX_INLINE_CHARS)
    for match in re.finditer(
        r"(?<!\bST)(?<!\bMT)(?<!\bFT)[.?!]\s+(?=[A-Z]{2})", text[start : start + limit]
    ):
        found = _scan(text, start + match.end(), all_caps, inline=True)
        if found:
            return found
    return None


def _read_parts(text: str, parts: _Parts) -> None:
    """Step over what may stand between city and separator: regions, dates, agencies."""
    patterns = _patterns()
    for _ in range(6):
        dated = patterns["date"].match(text, parts.position)
        if dated and not parts.dated:
            parts.dated, parts.filed = True, _read_filed(dated)
            parts.position = dated.end()
            continue
        parens = patterns["parens"].match(text, parts.position)
        if parens:
            inside = " ".join(parens[1].split())
            found = find_date(inside)
            if found:
                parts.dated = True
                parts.filed = found.value if type(found.value) is date else None
            elif _is_region(inside):
                parts.regions.append(inside)
            else:
                parts.agency = parts.agency or inside
            parts.position = parens.end()
            continue
        region = patterns["region"].match(text, parts.position)
        if region is None or len(parts.regions) >= 3 or parts.agency:
            return
        name = region[1]
        article = re.search(r"\s(?:A|An|The)$", name)
        if article and _is_region(name[: article.start()]):
            name = name[: article.start()]
        if _is_agency(name):
            parts.agency = name
        else:
            parts.regions.append(name)
        parts.position = region.start(1) + len(name)


def _read_filed(match: re.Match[str]) -> date | None:
    year, month, day = (
        match["y1"] or match["y2"],
        match["m1"] or match["m2"],
        match["d1"] or match["d2"],
    )
    if not (year and month and day):
        return None
    return make_date(read_year(year), read_month(month), int(day))


def _read_separator(text: str, parts: _Parts) -> int | None:
    """The offset of the story's first character, or None when no separator follows."""
    patterns = _patterns()
    position = parts.position
    match = patterns["dash"].match(text, position) or patterns["mark"].match(text, position)
    if match:
        parts.separator = next(group for group in match.groups() if group)
        end = match.end()
    elif parts.agency and text[position : position + 1].isspace():
        end = position + len(text[position:]) - len(text[position:].lstrip())
    elif parts.caps and patterns["opener_word"].match(text, position):
        parts.separator = " "
        end = position + 1
    else:
        return None
    brackets = patterns["brackets"].match(text, end)
    if brackets and parts.separator.startswith("-"):
        end = brackets.end()
    return end if patterns["opening"].match(text, end) else None


def _has_evidence(parts: _Parts) -> bool:
    return (
        parts.dated
        or _is_agency(parts.agency)
        or any(_is_region(region) for region in parts.regions)
        or _is_city(parts.city)
    )


def _is_dateline(text: str, parts: _Parts, after: int, all_caps: bool) -> bool:
    words = parts.city.casefold().replace("/", " ").split()
    if not words or words[0].strip(".:") in NOT_CITIES:
        return False
    known = _is_city(parts.city)
    region = any(_is_region(name) for name in parts.regions)
    if parts.separator == " ":
        return known and len(parts.city) >= 4
    dash = parts.separator not in (":", "|", "")
    if all_caps:
        return parts.dated or (dash and known) or (dash and parts.agency is not None)
    if parts.caps:
        if known or region or parts.dated or _is_agency(parts.agency):
            return True
        bare = not parts.regions and parts.agency is None
        sounds = any(vowel in parts.city for vowel in "AEIOUY") and len(parts.city) >= 4
        return dash and sounds and not (bare and words[-1] in NOT_CITIES)
    if not parts.separator:
        return _is_agency(parts.agency) and (known or region)
    if (
        dash
        and not (parts.regions or parts.dated or parts.agency)
        and _is_paired(text, after, parts)
    ):
        return False
    return known or region or (_is_agency(parts.agency) and dash)


def _is_paired(text: str, after: int, parts: _Parts) -> bool:
    """Whether the dash opens an insertion ("Aleppo — Syria's second city — fell")."""
    closing = re.compile(rf"[^.!?\n]{{1,80}}?\s?{re.escape(parts.separator)}\s?[a-z]")
    return closing.match(text, after) is not None


def _is_city(name: str) -> bool:
    return any(_key(part) in _names()[0] for part in [name, *name.split("/")])


def _is_region(name: str) -> bool:
    regions = _names()[1]
    key = _key(name)
    return key in regions or any(_key(part) in regions for part in re.split(r",\s*", name))


def _is_agency(name: str | None) -> bool:
    """A known news agency, or a call sign or initialism as stations use them."""
    if name is None:
        return False
    first = re.split(r"[\s,/|]", name.casefold())[0]
    return (
        name.casefold() in AGENCIES
        or first in AGENCIES
        or bool(re.fullmatch(r"[KW][A-Z]{2,3}(?:[- ]?TV)?", name))
    )
