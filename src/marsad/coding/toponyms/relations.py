"""Relations: what the text says between place names, and how it loosens them.

Reads   judged candidates and the words between them.
Writes  containers and country hints ("Goma, North Kivu", "Syria's Idlib", "the Iraqi
        city of Mosul") and relation ("near", "countryside of") on the candidates.
Never   looks anything up.
"""

from __future__ import annotations

from marsad.coding.toponyms.lexicon import ToponymLexicon
from marsad.coding.toponyms.scan import Candidate, DocView
from marsad.places.containment import lies_in
from marsad.records import PlacePrecision

MAX_GAP_TOKENS = 9
MAX_PHRASE_TOKENS = 6
_GLUE = frozenset(
    {
        "the", "a", "an", "of", "in", "part", "parts", "province", "capital", "area", "areas",
        "outskirts", "suburb", "suburbs", "countryside", "city", "'s", "’s", ",", "(", "'", "’",
        "-", "local", "government", "predominantly", "restive", "volatile", "disputed", "largest",
        "second", "district", "rebel-held", "held", "rebel", "autonomous", "administrative",
        "near", "edge", "east", "west", "north", "south", "center", "centre", "heart", "eastern",
    }
)  # fmt: skip
# "the Eidgah area of Srinagar"
_QUARTERS = tuple(
    [kind, preposition]
    for kind in ("area", "neighborhood", "neighbourhood", "quarter", "suburb", "locality", "slum")
    for preposition in ("of", "in")
)
_BESIDE = frozenset({"near", "outside", "beside", "bordering"})
_DISTANCE_UNITS = frozenset(
    {"km", "kms", "kilometers", "kilometres", "kilometer", "kilometre", "miles", "mile", "mi"}
)
_DIRECTIONS = frozenset(
    {
        "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest",
        "north-east", "north-west", "south-east", "south-west",
    }
)  # fmt: skip
LADDER: tuple[PlacePrecision, ...] = ("site", "town", "district", "province", "country")
# How many steps of the precision ladder a relation costs a site or town.
_LOOSENING = {
    "near": 1, "outside": 1, "outskirts of": 1, "countryside of": 1, "between": 1, "towards": 1,
    "on the road to": 1, "border with": 1, "off": 1, "along": 1, "from": 1, "part of": 0,
    "police of": 1, "dateline": 1,
}  # fmt: skip


def link_containers(view: DocView, candidates: list[Candidate], lexicon: ToponymLexicon) -> None:
    """Find which neighbouring names contain each other, from the words between them."""
    for index in range(len(candidates) - 1):
        first, second = candidates[index], candidates[index + 1]
        gap = view.lowers[first.end : second.start]
        if len(gap) > MAX_GAP_TOKENS or any(view.opens[first.end : second.start + 1]):
            continue
        if first.kind == "adjective":
            if second.kind not in {"adjective", "capital"} and _is_adjective_gap(gap, lexicon):
                second.country_hint = first.entries[0].country if first.entries else None
                second.confined = _is_small(second)
            continue
        if _is_country_as_adjective(first, gap, lexicon) and second.kind != "capital":
            first.hint = "country"
            second.country_hint = next(e.country for e in first.entries if e.is_country)
            second.confined = _is_small(second)
            continue
        if second.kind == "adjective":
            _link_over_adjective(view, candidates, index, lexicon)
            continue
        if gap and gap[0] in {"'s", "’s", "'", "’"} and _is_glue(gap[1:], lexicon):
            held = not {"of", "in", ","} & set(gap[1:])
            if held and (_may_contain(second, first) or _is_said_inside(second, first)):
                second.containers.append(index)
                second.confined = _is_small(second)
            continue
        if not _contains_by_gap(gap, lexicon):
            continue
        said = bool({"in", "of"} & set(gap)) or (len(gap) > 1 and gap[0] == ",")
        said = said or _is_kind_and_division(first, gap, second, lexicon)
        quarter = gap in _QUARTERS and _is_small(first) and _is_town(second)
        if gap in ([","], [",", "in"], ["in"]) and _is_called_division(second):
            first.containers.append(index + 1)
            first.confined = not any(entry.is_country for entry in first.entries)
            continue
        if _may_contain(first, second, _is_listed(gap)) or (
            said and (quarter or _is_said_inside(first, second))
        ):
            first.containers.append(index + 1)
            first.confined = said and _is_small(first)
    _share_neighbours_containers(view, candidates, lexicon)
    _add_inner_containers(candidates)


def _share_neighbours_containers(
    view: DocView, candidates: list[Candidate], lexicon: ToponymLexicon
) -> None:
    """'X near Y in Z', 'the villages of X and Y in Z': X lies in Z too."""
    for index in range(len(candidates) - 2, -1, -1):
        first, second = candidates[index], candidates[index + 1]
        gap = view.lowers[first.end : second.start]
        if first.containers or not second.containers or not gap or first.kind == "adjective":
            continue
        beside = gap[0] in _BESIDE and _is_glue(gap[1:], lexicon)
        if beside or (gap == ["and"] and first.hint in {"town", "district", "site"}):
            first.containers = list(second.containers)
            first.confined = _is_small(first) and second.confined


# A city of more people is known apart from where a loosely written sentence puts it.
WELL_KNOWN_PEOPLE = 500_000


def _is_small(candidate: Candidate) -> bool:
    """Whether no country, division or well-known city has the name.

    Where it is some place's main name, those that have it among others ("San Pedro" Sula) do
    not count.
    """
    top = max((entry.match for entry in candidate.entries), default=0.0)
    return candidate.kind != "capital" and not any(
        entry.is_country
        or entry.feature == "ADM1"
        or (entry.population > WELL_KNOWN_PEOPLE and entry.match >= top)
        for entry in candidate.entries
    )


def _is_town(candidate: Candidate) -> bool:
    """Whether some place of the name is a town."""
    return candidate.kind == "listed" and any(e.precision == "town" for e in candidate.entries)


def _is_called_division(candidate: Candidate) -> bool:
    """'Santo Domingo, Cauca department': no city of that name elsewhere, however well known."""
    return (
        candidate.kind == "listed"
        and candidate.hint in {"province", "district"}
        and any(entry.feature in {"ADM1", "ADM2"} for entry in candidate.entries)
    )


def _is_kind_and_division(
    inner: Candidate, gap: list[str], outer: Candidate, lexicon: ToponymLexicon
) -> bool:
    """'X township, Y region', 'X, Y Region': the words call both what they are."""
    if gap[-1:] != [","] or not _is_small(inner):
        return False
    called = lexicon.type_nouns.get(outer.text.split()[-1].lower()) in {"province", "district"}
    if len(gap) > 1:
        return gap[0] in lexicon.type_nouns and (called or outer.hint is not None)
    return called and " " in outer.text


def _is_said_inside(inner: Candidate, outer: Candidate) -> bool:
    """Whether the words put `inner` into a country or division that holds no place of its name.

    "the village of Solhan in northern Burkina Faso" is no Solhan of another country.
    """
    return (
        _is_small(inner)
        and outer.kind != "unlisted"
        and any(
            entry.is_country or entry.feature in {"ADM1", "ADM2", "RGN"} for entry in outer.entries
        )
    )


def _add_inner_containers(candidates: list[Candidate]) -> None:
    """ "X in Nigeria's Borno state": X lies in Borno, which the possessive puts into Nigeria."""
    for candidate in candidates:
        for index in list(candidate.containers):
            following = index + 1
            if following >= len(candidates) or candidates[following] is candidate:
                continue
            if index in candidates[following].containers:
                candidate.containers.append(following)


def _link_over_adjective(
    view: DocView, candidates: list[Candidate], index: int, lexicon: ToponymLexicon
) -> None:
    """'Kunduz, the Afghan city' or 'X in the Syrian province of Y'."""
    first, adjective = candidates[index], candidates[index + 1]
    gap = view.lowers[first.end : adjective.start]
    if not _contains_by_gap(gap, lexicon) or not adjective.entries:
        return
    after = view.lowers[adjective.end : adjective.end + 3]
    if not any(word in lexicon.type_nouns for word in after):
        return
    first.country_hint = first.country_hint or adjective.entries[0].country
    if index + 2 < len(candidates):
        third = candidates[index + 2]
        rest = view.lowers[adjective.end : third.start]
        if (
            len(rest) <= 4
            and third.kind != "adjective"
            and _is_glue(rest, lexicon)
            and ("," not in rest and _may_contain(first, third))
        ):
            first.containers.append(index + 2)


def _is_adjective_gap(gap: list[str], lexicon: ToponymLexicon) -> bool:
    """'Iraqi [city of] Mosul', 'Syrian [coastal governorate of] Tartus', 'Russian-held X'."""
    if len(gap) > 6:
        return False
    if gap and gap[0] in {",", "and", "in"}:
        return False
    return any(word in lexicon.type_nouns for word in gap) and all(
        word not in {"and", "in", ",", "from", "to", "troops", "forces", "on"} for word in gap
    )


def _is_country_as_adjective(candidate: Candidate, gap: list[str], lexicon: ToponymLexicon) -> bool:
    """'the Mozambique town of [Palma]': the country's name does an adjective's work."""
    if not any(entry.is_country for entry in candidate.entries):
        return False
    return (
        len(gap) > 1
        and gap[-1] == "of"
        and gap[-2] in lexicon.type_nouns
        and (len(gap) == 2 or _is_glue(gap[:-2], lexicon))
    )


def _is_glue(gap: list[str], lexicon: ToponymLexicon) -> bool:
    return all(
        word in _GLUE or word in lexicon.compass or word in lexicon.type_nouns for word in gap
    )


def _contains_by_gap(gap: list[str], lexicon: ToponymLexicon) -> bool:
    """Whether the words between say that the first lies in the second."""
    if not _is_glue(gap, lexicon):
        return False
    if not gap:
        return True
    return bool({",", "in", "of", "("} & set(gap)) and gap[-1] not in {"'s", "’s"}


def _is_listed(gap: list[str]) -> bool:
    return gap == [","]


def _may_contain(inner: Candidate, outer: Candidate, listed: bool = False) -> bool:
    """Whether some reading of `inner` lies in some reading of `outer`.

    In a bare list ("Tartus, Latakia, Homs") only countries and first-order
    divisions count as containers, unless the text calls `outer` one.
    """
    outers = [
        entry
        for entry in outer.entries
        if not listed
        or entry.is_country
        or entry.feature in {"ADM1", "RGN"}
        or outer.hint in {"province", "district"}
        or (entry.feature == "ADM2" and entry.country == "USA")
    ]
    if not inner.entries or inner.kind == "unlisted":
        return bool(outers)
    return any(lies_in(entry, place) for place in outers for entry in inner.entries)


def find_relation(view: DocView, candidate: Candidate, lexicon: ToponymLexicon) -> str | None:
    """The word that loosens 'at X': near, outskirts of, between, towards, part of, ...

    Looks before the name and, over its noun phrase, before that ("near the northern
    Iraqi city of X"); then behind it ("X countryside").
    """
    start, lowers = candidate.start, view.lowers
    opening = view.sentence_start(start)
    index = start
    while True:
        relation = _relation_ending_at(view, candidate, index, opening, lexicon)
        # "northern Idlib" is a part of it; "the northern city of Idlib" is not.
        if relation is not None and (relation != "part of" or start - index <= 1):
            return relation
        if index <= opening or start - index > MAX_PHRASE_TOKENS:
            break
        word = lowers[index - 1]
        if not (
            word in {"the", "a", "of", "an", "border", "capital"}
            or word in lexicon.type_nouns
            or word in lexicon.compass
            or word in lexicon.demonyms
        ):
            break
        index -= 1
    return _relation_after(view, candidate, lexicon)


def _relation_ending_at(
    view: DocView, candidate: Candidate, stop: int, opening: int, lexicon: ToponymLexicon
) -> str | None:
    lowers = view.lowers
    if stop > opening and lowers[stop - 1] in {"of", "from"} and _is_distance(view, stop - 1):
        return "from"
    for length in (4, 3, 2, 1):
        first = stop - length
        if first < opening:
            continue
        relation = lexicon.relations.get(tuple(lowers[first:stop]))
        if relation == "between" and not _has_pair(view, candidate):
            continue
        if relation is not None:
            return relation
    return None


def _relation_after(view: DocView, candidate: Candidate, lexicon: ToponymLexicon) -> str | None:
    """'X's eastern countryside', 'X outskirts'."""
    after = view.lowers[candidate.end : candidate.end + 4]
    if after[:2] == ["-", "bound"]:
        return "towards"
    if after and after[0] in {"'s", "’s", "'", "’"}:
        after = after[1:]
    for word in after[:2]:
        if word in {"countryside", "hinterland"}:
            return "countryside of"
        if word in {"outskirts", "suburbs"}:
            return "outskirts of"
        if word not in lexicon.compass:
            break
    return None


def _has_pair(view: DocView, candidate: Candidate) -> bool:
    rest = view.lowers[candidate.end : candidate.end + 8]
    return "and" in rest


def _is_distance(view: DocView, index: int) -> bool:
    """'30 km north of', '12 miles from'."""
    window = view.lowers[max(0, index - 7) : index]
    return any(word in _DISTANCE_UNITS for word in window) or (
        view.lowers[index] == "of" and bool(window) and window[-1] in _DIRECTIONS
    )


def honest_precision(
    precision: PlacePrecision, hint: str | None, relation: str | None
) -> PlacePrecision:
    """The precision that the words allow: what the name stands for, loosened by the relation."""
    rung = LADDER.index(precision)
    if hint in LADDER:
        named = LADDER.index(hint)
        # "Idlib province" of the town's entry is a province; "the town of Homs" stays a town.
        if hint == "site" or (hint in {"province", "district"} and rung < named):
            rung = min(rung, named) if hint == "site" and rung <= 1 else max(rung, named)
    if relation is not None and rung < LADDER.index("province"):
        rung += _LOOSENING.get(relation, 1)
    return LADDER[min(rung, len(LADDER) - 1)]
