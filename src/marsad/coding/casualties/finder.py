"""Casualties: decide how many people, of which group, came to which harm.

Reads   tokens, sentence starts, entity types; heads and labels where parsed;
        doc._.report for the year of publication.
Writes  doc._.figures.
Never   adds figures up: a tally is the incident's business.

Outcome words ("killed", "wounded", "toll") are found first; only their sentences
are read for groups of people, which are then tied to the words.
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Span

from marsad.coding.casualties.context import is_background, is_hypothetical
from marsad.coding.casualties.groups import GroupFinder
from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.links import Linker
from marsad.coding.casualties.numbers import unnumbered_plural
from marsad.coding.casualties.tables import DEFAULT_POLICY
from marsad.coding.casualties.view import Group, Link, SentenceView
from marsad.coding.extensions import put_mentions
from marsad.coding.mentions import FigureMention

_ACCIDENT = frozenset({"accidentally", "accidental", "accident", "unintentionally", "playing"})


def find_figures(doc: Doc, policy: str = DEFAULT_POLICY) -> list[FigureMention]:
    """All figures of `doc` in text order. Sentences need no parse, only their starts.

    `policy` names the table that vague words are read by (`numbers.vague_policies`).
    """
    figures: list[FigureMention] = []
    year = _published_year(doc)
    surnames = _surnames(doc)
    for sentence in _cued_sentences(doc):
        _read_sentence(sentence, figures, surnames, year, policy)
    return figures


def _published_year(doc: Doc) -> int | None:
    published = (doc._.report or {}).get("published")
    return int(published[:4]) if published and published[:4].isdigit() else None


def _surnames(doc: Doc) -> set[str]:
    return {
        token.lower_
        for entity in doc.ents
        if entity.label_ == "PERSON" and len(entity) > 1
        for token in entity
        if token.is_alpha and token.is_title
    }


@cache
def _cue_hashes() -> frozenset[int]:
    words = load_lexicon().outcomes
    store = StringStore(words)
    return frozenset(store.as_int(word) for word in words)


def _cued_sentences(doc: Doc) -> list[Span]:
    """Sentences that hold an outcome word; the doc itself when no boundaries are set."""
    hashes = _cue_hashes()  # one look at an array of integers is ten times as fast as tokens
    hits = [i for i, lower in enumerate(doc.to_array(["LOWER"]).tolist()) if lower in hashes]
    if not hits:
        return []
    if not doc.has_annotation("SENT_START"):
        return [doc[:]]
    sentences: list[Span] = []
    wanted = iter(hits)
    hit = next(wanted, None)
    for sentence in doc.sents:
        if hit is None:
            break
        if hit < sentence.end:
            sentences.append(sentence)
            while hit is not None and hit < sentence.end:
                hit = next(wanted, None)
    return sentences


def _read_sentence(
    sentence: Span,
    figures: list[FigureMention],
    surnames: set[str],
    year: int | None,
    policy: str,
) -> None:
    view = SentenceView(sentence)
    if not view.size:
        return
    groups = GroupFinder(view, surnames, policy).find()
    for group in groups:
        if group.names:
            surnames.update(group.names)
    if not groups:
        return
    first = len(figures)
    used: dict[int, int] = {}  # id of a group -> index of its figure
    links = [link for link in Linker(view, groups).read() if not is_hypothetical(view, link)]
    for link in links:
        _count_plurals(view, link, policy)
    for link in links:
        # "shot two men and then himself"; alone, "shot himself" makes nobody a perpetrator
        if link.is_reflexive and not any(other is not link for other in links):
            link.is_reflexive = len(link.groups) > 1
    dead = {id(g) for link in links if link.outcome == "killed" for g in link.groups}
    for link in links:
        if link.outcome == "injured":  # a wounded person who died is counted once
            link.groups = [g for g in link.groups if id(g) not in dead]
        base = len(figures)
        for group in link.groups:
            _add(view, link, group, figures, used, (first, base), year)
    _add_subsets(view, groups, figures, used, first)
    _add_half(view, figures, first)


def _count_plurals(view: SentenceView, link: Link, policy: str) -> None:
    """Give "civilians" in "civilians were killed" the policy's floor for a plural.

    Not where the words only tell which people are meant ("the families of soldiers
    killed in the war"), nor for people already spoken of ("the victims").
    """
    if link.shape not in {"ed", "ing", "base", "die"} or (link.shape == "ed" and link.is_reduced):
        return
    for group in link.groups:
        if group.sort != "plural" or group.is_definite or group.head is None:
            continue
        person = load_lexicon().people.get(view.words[group.head])
        word = view.words[group.head]
        counted = person is not None and person.plural and person.stem not in {"family", word}
        if counted:
            count = unnumbered_plural(policy)
            group.low, group.high, group.qualifier = count.low, count.high, count.qualifier


def _add(
    view: SentenceView,
    link: Link,
    group: Group,
    figures: list[FigureMention],
    used: dict[int, int],
    bases: tuple[int, int],
    year: int | None,
) -> None:
    """Append the figure(s) of one group under one outcome word."""
    if group.low is None:
        return
    outcomes = ["killed", "injured"] if link.outcome == "casualties" else [link.outcome]
    if link.outcome == "casualties" and group.low != 0:
        return
    for outcome in outcomes:
        figure = _figure(view, link, group, outcome, year)
        if _is_repeat(figure, figures[bases[0] :]):
            continue
        if group.is_partitive:
            figure["subset_of"] = _parent(figures, figure, bases[1])
        used.setdefault(id(group), len(figures))
        figures.append(figure)
        for part in group.parts:
            if part.low and part.kind in {"children", "women", "men"} and part.sort != "name":
                child = _figure(view, link, part, outcome, year)
                child["subset_of"] = used[id(group)]
                used.setdefault(id(part), len(figures))
                figures.append(child)


def _figure(
    view: SentenceView, link: Link, group: Group, outcome: str, year: int | None
) -> FigureMention:
    end = max(group.end, group.tail if group.sort != "name" else group.end)
    start, stop = group.start, max(end, group.start + 1)
    if link.index >= stop and link.index - stop <= 3:
        stop = link.end
    elif link.index < start and start - link.end <= 3:
        start = link.index
    places = view.places
    number = group.number
    kind = group.kind
    doer = link.is_reflexive and group is link.groups[0] and group.is_single
    if doer and kind != "children" and not _ACCIDENT & set(view.words):
        kind = "perpetrators"  # "killed two men and then himself"
    head = group.head
    return FigureMention(
        start=places[start],
        end=places[min(stop, view.size) - 1] + 1,
        outcome=outcome,  # type: ignore[typeddict-item]
        low=group.low or 0,
        high=group.high,
        qualifier=group.qualifier,
        predicate=places[link.index],
        number=[places[number[0]], places[number[1] - 1] + 1] if number else [],
        group=group.words if head != link.index else None,
        group_head=places[head] if head is not None and head != link.index else None,
        group_kind=kind if head != link.index else None,
        subset_of=None,
        cumulative=link.is_toll,
        additive=group.is_additive,
        background=is_background(view, link, group, year),
    )


def _is_repeat(figure: FigureMention, earlier: list[FigureMention]) -> bool:
    """The same group under the same outcome in one sentence ("shot and killed")."""
    return any(
        other["outcome"] == figure["outcome"]
        and (
            (other["number"] == figure["number"] and figure["number"])
            or (other["group_head"] == figure["group_head"] and figure["group_head"] is not None)
        )
        for other in earlier
    )


def _parent(figures: list[FigureMention], part: FigureMention, before: int) -> int | None:
    """The nearest earlier figure of the outcome that can contain `part`."""
    for index in range(before - 1, -1, -1):
        whole = figures[index]
        if whole["outcome"] != part["outcome"] or whole["subset_of"] is not None:
            continue
        if whole["high"] is None or whole["high"] >= part["low"]:
            return index
    return None


def _add_subsets(
    view: SentenceView,
    groups: list[Group],
    figures: list[FigureMention],
    used: dict[int, int],
    first: int,
) -> None:
    """ "14 killed, including three children", "three of them women", "among them a nurse"."""
    if len(figures) == first:
        return
    for group in groups:
        if id(group) in used or group.low is None or group.sort in {"name", "pronoun"}:
            continue
        if not (group.is_part or group.is_partitive):
            continue
        parent = _parent_before(view, group, figures, first)
        if parent is None:
            continue
        figure = _part_of(view, group, figures[parent], parent)
        if figure is not None:
            used[id(group)] = len(figures)
            figures.append(figure)


def _add_half(view: SentenceView, figures: list[FigureMention], first: int) -> None:
    """ "32 people, half of them children": about 16."""
    words = view.words
    for index, word in enumerate(words):
        if word != "half" or words[index + 1 : index + 3] not in (["of", "them"], ["of", "whom"]):
            continue
        head = index + 3
        while view.word(head) in {"were", "are", "was"}:
            head += 1
        person = load_lexicon().people.get(view.word(head))
        whole = [
            i for i in range(first, len(figures))
            if figures[i]["start"] < view.places[index] and figures[i]["low"] > 1
        ]  # fmt: skip
        if person is None or not whole:
            continue
        share = figures[whole[-1]]["low"] // 2
        part = Group(
            index, head + 1, "number", share, share, "about", number=(index, index + 1),
            head=head, words=view.texts[head], kind=person.kind, tail=head + 1,
        )  # fmt: skip
        figure = _part_of(view, part, figures[whole[-1]], whole[-1])
        if figure is not None:
            figures.append(figure)


def _parent_before(
    view: SentenceView, group: Group, figures: list[FigureMention], first: int
) -> int | None:
    place = view.places[group.start]
    best = None
    for index in range(first, len(figures)):
        figure = figures[index]
        if figure["subset_of"] is None and figure["start"] < place and figure["high"] != 0:
            best = index
    if best is None:
        return None
    whole = figures[best]
    if whole["high"] is not None and (group.low or 0) > whole["high"]:
        return None
    return best


def _part_of(
    view: SentenceView, group: Group, whole: FigureMention, parent: int
) -> FigureMention | None:
    places = view.places
    number, head, words, kind = group.number, group.head, group.words, group.kind
    end = max(group.end, group.tail)
    if head is None and group.is_part:  # "including 18 at a school"
        words = kind = None
    elif head is None:  # "three of them children"
        position = end
        while view.word(position) in {"were", "was", "are", "is", "a", "an", ","}:
            position += 1
        person = load_lexicon().people.get(view.word(position))
        if person is None:
            return None
        head, words, kind, end = position, view.texts[position], person.kind, position + 1
    return FigureMention(
        start=places[group.start],
        end=places[end - 1] + 1,
        outcome=whole["outcome"],
        low=group.low or 0,
        high=group.high,
        qualifier=group.qualifier,
        predicate=whole["predicate"],
        number=[places[number[0]], places[number[1] - 1] + 1] if number else [],
        group=words,
        group_head=places[head] if head is not None else None,
        group_kind=None if kind == "any" else kind,
        subset_of=parent,
        cumulative=False,
        additive=False,
        background=whole["background"],
    )


@Language.factory(
    "marsad_casualties",
    requires=["token.is_sent_start"],
    assigns=["doc._.figures"],
    default_config={"policy": DEFAULT_POLICY},
)
def make_casualties(nlp: Language, name: str, policy: str) -> CasualtyFinder:
    """The casualty finder as a pipeline component."""
    return CasualtyFinder(policy)


class CasualtyFinder:
    """Callable component around `find_figures`."""

    def __init__(self, policy: str = DEFAULT_POLICY) -> None:
        self.policy = policy

    def __call__(self, doc: Doc) -> Doc:
        """Hang the figures on `doc` and return it."""
        figures = find_figures(doc, self.policy)
        put_mentions(doc, "figures", figures, [figure["outcome"] for figure in figures])
        return doc
