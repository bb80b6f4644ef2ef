"""Casualties: decide how many people, of which group, came to which harm.

Reads   tokens, sentence starts, entity types, toponyms; heads and labels where parsed;
        doc._.report for the year of publication.
Writes  doc._.figures.
Never   adds figures up: a tally is the incident's business.

Outcome words ("killed", "wounded", "toll") are found first; only their sentences
are read for groups of people, which are then tied to the words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from spacy.language import Language
from spacy.strings import StringStore
from spacy.tokens import Doc, Span

from marsad.coding.casualties.context import is_background, is_fresh_charge, is_hypothetical
from marsad.coding.casualties.groups import GroupFinder
from marsad.coding.casualties.lexicon import load_lexicon
from marsad.coding.casualties.links import Linker
from marsad.coding.casualties.nouns import PLURAL_HARM
from marsad.coding.casualties.numbers import unnumbered_plural
from marsad.coding.casualties.periods import sums_conflict
from marsad.coding.casualties.scopes import (
    RUNNING_RATIO,
    set_aside_running,
    set_aside_sums,
    share_scope,
)
from marsad.coding.casualties.sharing import loosen_possible, split_joint, spread_floor
from marsad.coding.casualties.strikes import MULTIPLES
from marsad.coding.casualties.subsets import add_half, add_subsets, find_parent
from marsad.coding.casualties.superseded import Standing, mark_superseded, standing_of
from marsad.coding.casualties.tables import DEFAULT_POLICY
from marsad.coding.casualties.view import Group, Link, SentenceView
from marsad.coding.extensions import put_mentions
from marsad.coding.mentions import FigureMention

_KIN = frozenset(
    """child kid son daughter parent brother sister sibling grandchild grandson granddaughter
    grandparent cousin nephew niece""".split()
)
# Words that give a figure with no group beside them.
_COUNT_THEMSELVES = MULTIPLES.keys() | PLURAL_HARM
_HURT = frozenset({"wounded", "injured", "hurt"})
_ACCIDENT = frozenset({"accidentally", "accidental", "accident", "unintentionally", "playing"})


@dataclass
class _Reading:
    """What is known while one report is read from sentence to sentence."""

    policy: str
    published: date | None
    surnames: set[str]
    figures: list[FigureMention] = field(default_factory=list)
    running: list[int] = field(default_factory=list)  # of a conflict that goes on
    charged: list[int] = field(default_factory=list)  # background by a first charge alone
    standings: dict[int, Standing] = field(default_factory=dict)  # of figures not current


def find_figures(doc: Doc, policy: str = DEFAULT_POLICY) -> list[FigureMention]:
    """All figures of `doc` in text order. Sentences need no parse, only their starts.

    `policy` names the table that vague words are read by (`numbers.vague_policies`).
    """
    reading = _Reading(policy, _published(doc), _surnames(doc))
    for sentence in _cued_sentences(doc):
        _read_sentence(sentence, reading)
    _admit_charges(reading)
    set_aside_running(reading.figures, reading.running)
    share_scope(doc, reading.figures)
    set_aside_sums(doc, reading.figures)
    mark_superseded(reading.figures, reading.standings)
    _drop_first_additions(reading.figures)
    return reading.figures


def _drop_first_additions(figures: list[FigureMention]) -> None:
    """ "Ten more were hurt", after fourteen killed: on top of nobody hurt before."""
    told: set[str] = set()
    for figure in figures:
        others = bool(told) and figure["outcome"] not in told
        if figure["additive"] and figure["low"] > 1 and others:
            figure["additive"] = False
        if figure["low"] or figure["high"] is None:
            told.add(figure["outcome"])


def _admit_charges(reading: _Reading) -> None:
    """Take the deaths of a first charge for the report's own where it gives no others.

    The report of an arrest tells of the deed only in the words of the charge.
    """
    figures = reading.figures
    if any(f["outcome"] == "killed" and f["low"] and not f["background"] for f in figures):
        return
    for index in reading.charged:
        figures[index]["background"] = False


def _published(doc: Doc) -> date | None:
    try:
        return date.fromisoformat(str((doc._.report or {}).get("published"))[:10])
    except ValueError:
        return None


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
    words = {*load_lexicon().outcomes, *load_lexicon().link["takes"]}
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


def _read_sentence(sentence: Span, reading: _Reading) -> None:
    view = SentenceView(sentence)
    if not view.size:
        return
    groups = GroupFinder(view, reading.surnames, reading.policy).find()
    for group in groups:
        if group.names:
            reading.surnames.update(group.names)
    if not groups and _COUNT_THEMSELVES.isdisjoint(view.words):
        return
    figures = reading.figures
    first = len(figures)
    used: dict[int, int] = {}  # id of a group -> index of its figure
    links = [link for link in Linker(view, groups).read() if not is_hypothetical(view, link)]
    for link in links:
        _count_plurals(view, link, reading.policy)
        spread_floor(view, link)
        loosen_possible(view, link)
    links = split_joint(view, links)
    for link in links:
        # "shot two men and then himself"; alone, "shot himself" makes nobody a perpetrator
        if link.is_reflexive and not any(other is not link for other in links):
            link.is_reflexive = len(link.groups) > 1
    dead = {id(g) for link in links if link.outcome == "killed" for g in link.groups}
    for link in links:
        if link.outcome == "injured":  # a wounded person who died is counted once
            link.groups = [_still_living(g, links) for g in link.groups if id(g) not in dead]
        base = len(figures)
        for group in link.groups:
            _add(view, link, group, reading, used, (first, base))
    add_subsets(view, groups, figures, used, first)
    add_half(view, figures, first)


def _still_living(group: Group, links: list[Link]) -> Group:
    """ "One of the five shot has died": four are left, the words for the one being the same."""
    for link in links:
        for other in link.groups if link.outcome == "killed" else ():
            is_part = other.whole is not None and other.start == group.start
            if is_part and other is not group and group.low and other.low:
                high = None if group.high is None else group.high - other.low
                return replace(group, low=max(group.low - other.low, 0), high=high)
    return group


def _count_plurals(view: SentenceView, link: Link, policy: str) -> None:
    """Give "civilians" in "civilians were killed" the policy's floor for a plural.

    Not where the words only tell which people are meant ("the families of soldiers
    killed in the war"), nor for people already spoken of ("the victims").
    """
    if link.shape in {"wound", "count"} and link.groups[0].head == link.index:
        for group in link.groups:
            if group.sort == "plural":
                _give_plural(group, policy)
        return
    if link.shape not in {"ed", "ing", "base", "die"}:
        return
    if link.shape == "ed" and link.is_reduced:
        for group in link.groups:
            if (
                view.words[group.start : group.end] == ["others"]
                and view.word(group.start - 1) == "and"
            ):
                _give_plural(group, policy)  # "three were killed and others injured"
        return
    for before, group in zip([None, *link.groups], link.groups, strict=False):
        if before is not None and _shares_number(view, before, group):
            continue
        if group.sort != "plural" or group.head is None:
            continue
        if group.is_definite and not _is_kin(view, before, group):
            continue
        person = load_lexicon().people.get(view.words[group.head])
        word = view.words[group.head]
        counted = person is not None and person.plural and person.stem not in {"family", word}
        if counted:
            _give_plural(group, policy)


def _give_plural(group: Group, policy: str) -> None:
    count = unnumbered_plural(policy)
    group.low, group.high, group.qualifier = count.low, count.high, count.qualifier


def _is_kin(view: SentenceView, before: Group | None, group: Group) -> bool:
    """ "The driver, his wife and his children": they are told of here first."""
    person = load_lexicon().people.get(view.words[group.head or 0])
    if before is None or not before.is_single or person is None:
        return False
    return person.stem in _KIN and view.words[group.start] in load_lexicon().phrase["possessives"]


def _shares_number(view: SentenceView, before: Group, group: Group) -> bool:
    """ "87 women and children": the number is of both, who are then of no one kind."""
    if before.sort != "number" or before.head is None or group.sort != "plural":
        return False
    gap = view.words[max(before.end, before.tail) : group.start]
    plain = gap == ["and"] and group.head == group.start and not group.is_definite
    if plain and before.low is not None:
        before.words = f"{before.words} and {group.words}"
        before.kind = before.kind if before.kind == group.kind else None
        before.tail = max(before.tail, group.end)
    return plain


def _add(
    view: SentenceView,
    link: Link,
    group: Group,
    reading: _Reading,
    used: dict[int, int],
    bases: tuple[int, int],
) -> None:
    """Append the figure(s) of one group under one outcome word."""
    figures, published = reading.figures, reading.published
    if group.low is None:
        return
    outcomes = ["killed", "injured"] if link.outcome == "casualties" else [link.outcome]
    if link.outcome == "casualties" and group.low != 0:
        return
    standing = standing_of(view, link, group)
    for outcome in outcomes:
        figure = _figure(view, link, group, outcome, published)
        if _is_repeat(figure, figures[bases[0] :]):
            continue
        if group.is_partitive and not _is_of_the_hurt(view, group, outcome):
            figure["subset_of"] = find_parent(figures, figure, bases[1])
        used.setdefault(id(group), len(figures))
        if standing != "current":
            reading.standings[len(figures)] = standing
        if figure["background"] and is_fresh_charge(view, link, group, published):
            reading.charged.append(len(figures))
        bounds = min(group.start, link.index), max(group.end, group.tail, link.end)
        if (
            outcome != "detained"
            and group.low >= RUNNING_RATIO
            and sums_conflict(view.words, *bounds, group.low)
        ):
            reading.running.append(len(figures))
        figures.append(figure)
        for part in group.parts:
            if part.low and part.kind in {"children", "women", "men"} and part.sort != "name":
                child = _figure(view, link, part, outcome, published)
                child["subset_of"] = used[id(group)]
                used.setdefault(id(part), len(figures))
                figures.append(child)


def _is_of_the_hurt(view: SentenceView, group: Group, outcome: str) -> bool:
    """ "One of the wounded later died": on top of the dead, not among them."""
    return outcome == "killed" and not _HURT.isdisjoint(view.words[group.start : group.end + 2])


def _figure(
    view: SentenceView, link: Link, group: Group, outcome: str, published: date | None
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
        additive=group.is_additive and not _compares(view, link, group),
        background=is_background(view, link, group, published),
    )


def _compares(view: SentenceView, link: Link, group: Group) -> bool:
    """ "Four were killed and dozens more injured", "killed one and injured another".

    More than those killed, not hurt before: of this outcome the sentence told nobody yet.
    """
    outcomes = load_lexicon().outcomes
    told = {
        outcomes[word].outcome
        for index, word in enumerate(view.words[: group.start])
        if word in outcomes and index != link.index
    }
    return bool(told) and link.outcome not in told


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
