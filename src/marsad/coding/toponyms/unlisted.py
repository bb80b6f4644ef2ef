"""Unlisted names: places that the gazetteer lacks, or spells otherwise, but the text proves.

Reads   the words no listed candidate has taken, entity labels, the gazetteer's spellings.
Writes  nothing; returns candidates.

A capitalised run becomes a place when enough speaks for it: the kind of place it
is called ("the village of X", "X district"), a list that it stands in ("the towns
of A, B and C"), a preposition, what is done to it ("captured X"), the model's label,
a listed name of the same consonants. A name without any of these is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from marsad.codebook.words import load_common_words
from marsad.coding.toponyms.labels import PLACE_LABELS
from marsad.coding.toponyms.roles import BESIDE, RoleJudge
from marsad.coding.toponyms.scan import Candidate, DocView, cuts_compound, unlisted_runs
from marsad.places.gazetteer import Gazetteer
from marsad.places.schema import PlaceEntry

PROOF: Mapping[str, float] = {
    "GPE": 1.3,
    "LOC": 1.0,
    "FAC": 0.8,
    "PERSON": -0.5,
    "ORG": -0.5,
    "called_before": 2.4,  # "the village of X"
    "called_after": 1.5,  # "X district"
    "listed_with": 2.1,  # "the towns of A, B and X"
    "inside": 1.6,  # "in X", "near X", which persons and groups hardly follow
    "strong_preposition": 0.8,
    "no_label_here": 0.4,  # the model has no opinion where it labels other words
    "taken": 1.7,  # "liberated X", "entered X"
    "target": 0.9,  # "captured X", "attack on X"
    "container_after": 1.2,  # "X, Idlib province"
    "apposed": 1.6,  # "X, a farming village in"
    "part_of": 1.6,  # "the outskirts of X"
    "area_after": 1.3,  # "the X area"
    "compass_before": 0.7,  # "northern X"
    "name_head": 2.0,  # "Wadi X", "Khan al-X"
    "road": 1.0,  # "Dublin Road", "Highway 30"
    "on_road": 0.8,
    "site_noun_inside": 1.2,  # "Kuweires Military Airport"
    "spelling": 0.7,
    "shouting": -1.0,
}
ENOUGH = 1.5
# What has these is a place: "the outskirts of X", "the northern perimeter of X".
PARTS_OF_PLACES = frozenset(
    """outskirts countryside farms suburbs suburb perimeter parts part vicinity environs entrance
    entrances gates edge edges streets heights hills centre center battle residents inhabitants
    villagers north south east west northeast northwest southeast southwest fall siege""".split()
)
AREAS = frozenset(
    "area areas axis front frontline enclave pocket jurisdiction outskirts countryside".split()
)
APPOSITION_REACH = 6
# A spelling as like as this is taken for the listed place when the text says it is a place,
# and as the second when it rests on the model's label.
SPELLING_MATCH = 0.66
LABEL_SPELLING_MATCH = 0.74
REFUSED_LABELS = frozenset(
    {"DATE", "TIME", "NORP", "MONEY", "LAW", "LANGUAGE", "CARDINAL", "PERCENT", "QUANTITY",
     "ORDINAL", "EVENT", "WORK_OF_ART"}
)  # fmt: skip


# "Alawites", "Islamists": people, whatever the model calls them.
PEOPLE_ENDINGS = ("ites", "ists", "ians", "eans")


def unlisted_places(
    view: DocView, kept: list[Candidate], judge: RoleJudge, gazetteer: Gazetteer
) -> list[Candidate]:
    """Candidates for the runs of capitalised words that `kept` does not cover."""
    taken = [False] * len(view.words)
    for candidate in kept:
        taken[candidate.start : candidate.end] = [True] * (candidate.end - candidate.start)
    finder = _UnlistedFinder(view, kept, judge, gazetteer)
    found = []
    for first, last in unlisted_runs(view, taken):
        while first < last:
            start, end = finder.trim(first, last)
            proven = finder.prove(start, end) if end > start else None
            if proven is not None:
                found.append(proven)
                finder.places[proven.end] = proven
                finder.starts[proven.start] = proven
            # "Kalagari and Mundube" is one run and two names.
            first = max(end, first) + 1 if end < last else last
    return found


class _UnlistedFinder:
    def __init__(
        self, view: DocView, kept: list[Candidate], judge: RoleJudge, gazetteer: Gazetteer
    ) -> None:
        self.view = view
        self.judge = judge
        self.lexicon = judge.lexicon
        self.gazetteer = gazetteer
        self.places = {candidate.end: candidate for candidate in kept}
        self.starts = {candidate.start: candidate for candidate in kept}

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Drop articles, compass words and kinds of place from the ends of a run."""
        view, lexicon = self.view, self.lexicon
        compass = lexicon.directions
        loose = lexicon.compass | {"the", "in", "at", "on", "a", "and", "of", "&"}
        kinds = lexicon.type_nouns
        while end > start and (
            kinds.get(view.lowers[end - 1]) in {"province", "district", "town"}
            or view.lowers[end - 1] in {"and", "of", "the", "&"}
        ):
            end -= 1
        is_road = end > start and view.lowers[end - 1] in lexicon.roads
        is_site = end > start and kinds.get(view.lowers[end - 1]) == "site"
        while start < end and (
            (view.lowers[start] in loose and not (is_road and view.lowers[start] in compass))
            or (view.lowers[start] in kinds and end - start > 1 and not is_site)
            or (view.opens[start] and end - start > 1 and self._is_plain_word(start))
        ):
            start += 1
        for index in range(start + 1, end):
            if view.lowers[index] in {"and", "&"}:
                return start, index
        return start, end

    def _is_plain_word(self, start: int) -> bool:
        """Whether the capital of a run's first word is only that of its sentence."""
        view = self.view
        return view.token(start).is_stop or (
            view.lowers[start + 1] == "of" and view.lowers[start] in load_common_words()
        )

    def prove(self, start: int, end: int) -> Candidate | None:
        """A candidate for this run, if its surroundings show that it is a place."""
        view, lexicon = self.view, self.lexicon
        text = view.slice(start, end)
        labels = {view.labels[index] for index in range(start, end)} - {""}
        before, noun_before = self.judge.left_context(start)
        if self._is_refused(start, end, text, labels - {"NORP"} if noun_before else labels):
            return None
        noun_after = self.judge.type_noun_after(end)
        called_before = noun_before is not None
        hint = noun_after or (None if noun_before == "wide" else noun_before)
        proof = max((PROOF[label] for label in labels & PLACE_LABELS), default=0.0)
        proof += sum(PROOF[label] for label in labels & {"PERSON", "ORG"})
        if called_before:
            proof += PROOF["called_before"]
        word = view.lowers[before] if before >= 0 else ""
        preposition = word in lexicon.strong_locative
        if preposition:
            inside = word in lexicon.inside and "ORG" not in labels
            proof += PROOF["inside" if inside else "strong_preposition"]
            if not labels and view.has_labels:
                proof += PROOF["no_label_here"]
        elif before >= 0 and word in lexicon.taking_verbs and start - before <= 2:
            proof += PROOF["taken"]
        elif self.judge.is_target(start, before):
            proof += PROOF["target"]
        if noun_after is not None and (preposition or labels & PLACE_LABELS or not labels):
            proof += PROOF["called_after"]
        if not called_before and noun_after is None:
            listed = self._list_hint(start, end)
            if listed is not None:
                proof += PROOF["listed_with"]
                hint = listed
        if self.judge.is_container_after(end):
            proof += PROOF["container_after"]
        apposed = self._apposed_kind(end)
        if apposed is not None and noun_after is None:
            proof, hint = proof + PROOF["apposed"], hint or apposed
        proof += self._part_vote(start, end, word)
        if word in BESIDE and "PERSON" in labels:
            proof -= PROOF["PERSON"]
        if end - start > 1 and self._is_road(start, end):
            proof += PROOF["road"]
            proof += (
                PROOF["on_road"] if word in {"on", "along", "at", "of", "off", "to", "from"} else 0
            )
            hint = "site"
        elif end - start > 1 and lexicon.type_nouns.get(view.lowers[end - 1]) == "site":
            proof += PROOF["site_noun_inside"]
            hint = "site"
        if view.shouts[start]:
            proof += PROOF["shouting"]
        return self._spelled(start, end, text, hint, proof, called_before or noun_after is not None)

    def _part_vote(self, start: int, end: int, word: str) -> float:
        """'the outskirts of X', 'the X area', 'northern X', 'Wadi X'."""
        view = self.view
        vote = 0.0
        if word == "of" and self._noun_before_of(start) in PARTS_OF_PLACES:
            vote += PROOF["part_of"]
        if end < len(view.words) and not view.opens[end] and view.lowers[end] in AREAS:
            vote += PROOF["area_after"]
        if self._has_name_head(start, end):
            vote += PROOF["name_head"]
        compass = start > 0 and view.lowers[start - 1] in self.lexicon.compass
        if compass and not view.capital[start - 1]:
            vote += PROOF["compass_before"]
        return vote

    def _has_name_head(self, start: int, end: int) -> bool:
        """'Wadi X', 'Khan al-X': the first word says that a place is named."""
        head = self.view.lowers[start]
        return end - start > 1 and (
            head in self.lexicon.name_heads
            or (head in self.lexicon.article_heads and cuts_compound(self.view, start + 1))
        )

    def _noun_before_of(self, start: int) -> str:
        """The word before the "of" that governs a name, articles and compass words left out."""
        lowers, index = self.view.lowers, start - 1
        while index > 0 and lowers[index] != "of":
            index -= 1
        return lowers[index - 1] if index > 0 else ""

    def _apposed_kind(self, end: int) -> str | None:
        """The kind of place of 'X, a farming village in Y'; None when there is none."""
        view = self.view
        if end + 2 >= len(view.words) or view.words[end] != ",":
            return None
        if view.lowers[end + 1] not in {"a", "an", "the"}:
            return None
        for index in range(end + 2, min(end + APPOSITION_REACH, len(view.words))):
            kind = self.lexicon.type_nouns.get(view.lowers[index])
            if kind in {"town", "district"} and not view.capital[index]:
                return kind
            if view.lowers[index] in {",", "of", "in", "who", "and"}:
                return None
        return None

    def _spelled(
        self, start: int, end: int, text: str, hint: str | None, proof: float, called: bool
    ) -> Candidate | None:
        """The candidate with the listed places that its spelling may stand for."""
        if proof + PROOF["spelling"] < ENOUGH:
            return None
        needed = SPELLING_MATCH if called else LABEL_SPELLING_MATCH
        entries: tuple[PlaceEntry, ...] = ()
        if not self._is_road(start, end):
            entries = tuple(
                entry
                for entry in self.gazetteer.by_spelling(text, limit=12)
                if entry.match >= needed
            )
        if entries:
            proof += PROOF["spelling"]
        if proof < ENOUGH:
            return None
        candidate = Candidate(start, end, text, entries, kind="unlisted", hint=hint)
        candidate.belief = proof - 0.5
        if self.judge.is_part_of_organisation(candidate):
            candidate.role = "organisation-part"
        return candidate

    def _is_refused(self, start: int, end: int, text: str, labels: set[str]) -> bool:
        """Acronyms, ordinary words, persons of this report, dates, nationalities."""
        view, lexicon = self.view, self.lexicon
        lowers = view.lowers[start:end]
        if text.lower() in lexicon.no_places or text.lower() in lexicon.institutions:
            return True
        if labels & REFUSED_LABELS or not any(char.isalpha() for char in text) or len(text) < 3:
            return True
        if view.shouts[start]:
            known = load_common_words()
            return any(word in known or word in lexicon.surnames for word in lowers[:1]) or all(
                word in known or word in lexicon.common_words for word in lowers
            )
        if text.isupper() and len(text) <= 6 and not labels & PLACE_LABELS:
            return True
        if lowers[0].rstrip(".") in lexicon.titles and lowers[0] != "sheikh":
            return True
        if len(lowers) > 1:
            called = end < len(view.words) and view.lowers[end] in AREAS
            called = called or self._has_name_head(start, end)
            return lowers[0] in lexicon.first_names and "PERSON" in labels and not called
        token = view.token(start)
        if lowers[0] in lexicon.vocabulary or lowers[0].endswith(PEOPLE_ENDINGS):
            return True
        if lowers[0] in lexicon.common_words or lowers[0] in self.judge.persons or token.is_stop:
            return True
        return bool(token.pos) and token.pos_ not in {"PROPN", "X", "NOUN"}

    def _is_road(self, start: int, end: int) -> bool:
        """'Dublin Road', 'Highway 30'."""
        lowers, roads = self.view.lowers, self.lexicon.roads
        numbered = lowers[start] in roads or lowers[start] in {"interstate", "route"}
        return lowers[end - 1] in roads or (numbered and lowers[end - 1][:1].isdigit())

    def _list_hint(self, start: int, end: int) -> str | None:
        """The kind of place that a list gives all its names, before or after them."""
        view, kinds = self.view, self.lexicon.type_nouns
        index = start - 1
        glue = {",", "and", "&", "or", "the"}
        while index >= 0 and view.lowers[index] in glue:
            index -= 1
        previous = self.places.get(index + 1)
        if previous is not None and index + 1 < start and previous.hint:
            return previous.hint
        # "A, B and X districts": walk right over capitals and glue to a plural noun.
        index = end
        limit = min(len(view.words), end + 14)
        while index < limit and (
            view.capital[index] or view.lowers[index] in glue or view.words[index] == "-"
        ):
            index += 1
        if end < index < limit and view.lowers[index].endswith("s"):
            return kinds.get(view.lowers[index])
        return None
