"""The figures of one claim, from the figure mentions given to it.

Reads   doc._.figures.
Writes  nothing; returns records.Figure in text order, subsets pointing inside the claim.
"""

from __future__ import annotations

from typing import cast, get_args

from spacy.tokens import Doc

from marsad.coding.casualties.summary import is_hit
from marsad.coding.claims.parts import quote_tokens, resolve_actor
from marsad.coding.mentions import FigureMention
from marsad.records import ActorKind, Figure

# Words that count people without saying who they are.
GENERIC_GROUPS = frozenset(
    "people persons others other more another dead wounded injured casualties victims victim "
    "bodies individuals".split()
)
_ANOTHER = frozenset({"other", "others", "more", "another"})
_KINDS = frozenset({*get_args(ActorKind), "children", "women", "men", "perpetrators"})


def build_figures(doc: Doc, indexes: list[int]) -> tuple[Figure, ...]:
    """Records for the figure mentions `indexes`, in text order.

    "10 others" are of the group named just before. A subset whose whole stands
    in another claim keeps its group, and points nowhere.
    """
    ordered = sorted(indexes, key=lambda i: (doc._.figures[i]["start"], doc._.figures[i]["end"]))
    position = {index: place for place, index in enumerate(ordered)}
    records: list[Figure] = []
    for index in ordered:
        mention: FigureMention = doc._.figures[index]
        group, kind = _group_of(doc, mention, records)
        parent = mention["subset_of"]
        records.append(
            Figure(
                outcome=mention["outcome"],
                group=group,
                group_kind=kind,
                low=mention["low"],
                high=mention["high"],
                qualifier=mention["qualifier"],
                subset_of=position.get(parent) if parent is not None and parent != index else None,
                cumulative=mention["cumulative"],
                additive=mention["additive"],
                victim=f"v{mention['victim']}" if "victim" in mention else None,
                includes_dead=is_hit(doc, mention),
                superseded=mention.get("superseded", False),
                evidence=quote_tokens(doc, mention["start"], mention["end"]),
            )
        )
    return tuple(records)


def _group_of(
    doc: Doc, mention: FigureMention, before: list[Figure]
) -> tuple[str | None, str | None]:
    words = (mention["group"] or "").split()
    kind = mention["group_kind"] if mention["group_kind"] in _KINDS else None
    if words and not all(word.lower() in GENERIC_GROUPS for word in words):
        return cast(str, mention["group"]), kind or _kind_of_party(doc, mention)
    if any(word.lower() in _ANOTHER for word in words) and before:
        # "14 were killed and 10 others wounded": ten more of the same people.
        previous = next((f for f in reversed(before) if f.subset_of is None), None)
        if previous is not None and previous.group is not None:
            return previous.group, previous.group_kind
    return None, kind


def _kind_of_party(doc: Doc, mention: FigureMention) -> str | None:
    """The kind of the party whose head the group's head is, as the party reader sees it."""
    head = mention["group_head"]
    for index, actor in enumerate(doc._.actors):
        if head is not None and actor["head"] == head:
            kind = resolve_actor(doc, index)["kind"]
            return kind if kind != "other" else None
    return None
