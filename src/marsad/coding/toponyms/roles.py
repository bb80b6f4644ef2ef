"""Roles: judge whether a run of words is a place here, and in which role.

Reads   candidates from `toponym_scan`, entity labels, the words around.
Writes  belief, role and hint on the candidates.
Never   chooses which of several places of one name is meant.

Evidence is added up in one visible table; the unit is a natural log of odds. A
candidate is kept above `KEEP`. The gazetteer has a vote as large as the model's:
small models take Syrian towns for persons, gazetteers take surnames for towns.
"""

from __future__ import annotations

from marsad.coding.toponyms.evidence import EVIDENCE, standing
from marsad.coding.toponyms.labels import LabelReader, is_wide
from marsad.coding.toponyms.lexicon import ToponymLexicon
from marsad.coding.toponyms.naming import heads_dateline, is_road, is_station, names_site
from marsad.coding.toponyms.scan import CONNECTORS, LETTER_MARKS, Candidate, DocView

KEEP = 0.0
# From this belief a name is a place for the whole report; below the second nothing makes it one.
SURE_BELIEF, NO_RECALL = 2.0, -2.5
# Words between a name and the noun that says what it is ("Jabalia refugee camp").
KIND_MODIFIERS = frozenset(
    """refugee displacement idp displaced migrant military air naval local administrative tribal
    residential industrial international central border police army market bus train""".split()
)
PARTS = frozenset({"capital", "suburb", "suburbs", "outpost", "stronghold", "port", "resort"})
LISTED_BELIEF = 1.0
SEATED = frozenset({"born", "raised", "based", "headquartered", "educated", "trained"})
# A seat of government and this word is the government.
RULERS = frozenset({"regime", "government", "junta", "administration", "authorities"})
# After these neither a person nor a group is named, whatever the label says.
BESIDE = frozenset({"inside", "near", "outside"})
# Units of armies, which are called after places; told even where all is in capitals.
UNITS = frozenset({"battalion", "battalions", "brigade", "brigades", "regiment"})
LOCAL_GOVERNMENT = ["local", "government"]  # a district of Nigeria, written out
# What stands before a seat of power where the building is meant.
STANDING_BEFORE = frozenset(
    "outside near at inside around behind before toward towards opposite by into".split()
)
_CONTAINER_GAP = frozenset({",", "("})


class RoleJudge:
    """Judges the candidates of one Doc."""

    def __init__(self, view: DocView, lexicon: ToponymLexicon, candidates: list[Candidate]) -> None:
        self.view = view
        self.lexicon = lexicon
        self.labels = LabelReader(view, lexicon)
        self.starts = {candidate.start: candidate for candidate in candidates}
        self.persons = self.labels.persons(self.starts)
        self.ends: dict[int, float] = {}  # where kept names end, with their belief

    def judge(self, candidate: Candidate) -> bool:
        """Set belief, hint and role of `candidate`; False when it is no place here."""
        if candidate.kind == "adjective":
            candidate.role = "adjective"
            candidate.belief = 3.0
            return True
        if (
            candidate.kind == "refused"
            or is_road(self.view, self.lexicon, candidate)
            or is_station(self.view, candidate)
        ):
            return False
        if candidate.kind == "institution" and not self._is_stood_at(candidate):
            return False
        before, noun_before = self.left_context(candidate.start)
        noun_after = self.type_noun_after(candidate.end)
        candidate.hint = candidate.hint or noun_after or _hint(noun_before)
        if noun_after is not None and self._is_country_beside_kind(candidate):
            candidate.hint = "country"
        belief = self._gazetteer_vote(candidate)
        belief += self.labels.vote(candidate)
        belief += self._left_vote(candidate, before, noun_before)
        belief += self._right_vote(candidate, noun_after)
        if candidate.kind != "abbreviation":
            belief += self._word_vote(candidate)
        candidate.belief = belief
        if candidate.kind == "listed" and names_site(self.view, self.lexicon, candidate):
            after = self.view.lowers[candidate.end] in {"'s", "’s"}
            candidate.named_site, candidate.hint = candidate.end + 1 + after, "site"
        if belief <= KEEP:
            return False
        self._set_role(candidate)
        return True

    def _set_role(self, candidate: Candidate) -> None:
        self.ends[candidate.end] = candidate.belief
        if self.is_part_of_organisation(candidate):
            candidate.role = "organisation-part"
        elif self._is_origin(candidate):
            candidate.role = "person-origin"

    def recall(self, refused: list[Candidate]) -> list[Candidate]:
        """Those of `refused` that the report shows elsewhere to be places: one name, one sense."""
        sure = {
            candidate.text.lower()
            for candidate in self.starts.values()
            if candidate.kind == "listed"
            and candidate.belief > SURE_BELIEF
            and not candidate.named_site
            and candidate.role in {"location", "dateline"}
        }
        recalled = []
        for candidate in refused:
            if candidate.kind != "listed" or candidate.text.lower() not in sure:
                continue
            if candidate.belief <= NO_RECALL or candidate.text.lower() in self.persons:
                continue
            candidate.belief += EVIDENCE["named_elsewhere"]
            if candidate.belief > KEEP:
                self._set_role(candidate)
                recalled.append(candidate)
        return recalled

    def _is_stood_at(self, candidate: Candidate) -> bool:
        """'outside the White House': the building; elsewhere its name is those who rule there."""
        lowers, index = self.view.lowers, candidate.start - 1
        if index >= 0 and lowers[index] == "the":
            index -= 1
        return (
            bool(candidate.entries)
            and index >= 0
            and (lowers[index] in STANDING_BEFORE or self.is_target(candidate.start, index))
        )

    def left_context(self, start: int) -> tuple[int, str | None]:
        """The token that governs a name from the left, and the kind of place it names.

        Skips articles and compass words; "the city of X" and "the city X" give the hint.
        """
        lowers, nouns = self.view.lowers, self.lexicon.type_nouns
        index = start - 1
        if index >= 0 and lowers[index] in LETTER_MARKS:  # "‘Issa"
            index -= 1
        while index >= 0 and (
            lowers[index] in self.lexicon.compass or lowers[index] in {"the", "-"}
        ):
            index -= 1
        if index < 0 or self.view.opens[start]:
            return -1, None
        if lowers[index] == "of" and index > 0 and lowers[index - 1] in nouns:
            if lowers[index - 1] in PARTS:  # what has a capital or suburbs is no town by that
                return index - 1, "wide"
            return index - 1, _hint(nouns[lowers[index - 1]])
        if lowers[index] in nouns and not self.view.capital[index]:
            return index, _hint(nouns[lowers[index]])
        return index, None

    def type_noun_after(self, end: int) -> str | None:
        """The kind of place that the word behind a name gives it ("Idlib province")."""
        if end >= len(self.view.words) or self.view.opens[end]:
            return None
        word = self.view.lowers[end]
        if self.view.lowers[end : end + 2] == LOCAL_GOVERNMENT:
            return "district"
        if (word in KIND_MODIFIERS or word == "-") and end + 1 < len(self.view.words):
            word = self.view.lowers[end + 1]
        return _hint(self.lexicon.type_nouns.get(word))

    def _is_country_beside_kind(self, candidate: Candidate) -> bool:
        """'a Mozambique town': the noun says what lies in the country, not what it is."""
        if not any(entry.is_country for entry in candidate.entries):
            return False
        lowers, end = self.view.lowers, candidate.end
        kind = self.lexicon.type_nouns.get(lowers[end]) if end < len(lowers) else None
        return kind in {"town", "district", "province", "site"} and lowers[end] != "city"

    def _gazetteer_vote(self, candidate: Candidate) -> float:
        if candidate.kind == "abbreviation":
            return EVIDENCE["country"] + 1.0
        best = max(map(standing, candidate.entries), default=EVIDENCE["hamlet"])
        match = max((entry.match for entry in candidate.entries), default=0.0)
        if match < 0.95:
            best += EVIDENCE["only_article_free"]
        elif match < 1.0 and best < EVIDENCE["country"]:
            best += EVIDENCE["only_alternate"]
        words = [
            word for word in self.view.words[candidate.start : candidate.end] if word[:1].isalnum()
        ]
        if len(words) > 1:
            best += EVIDENCE["several_words"]
            if self.lexicon.type_nouns.get(words[-1].lower()) in {"province", "district"}:
                best += EVIDENCE["type_noun_inside"]  # "Fresno County"
        return best

    def _left_vote(self, candidate: Candidate, before: int, noun_before: str | None) -> float:
        view, lexicon = self.view, self.lexicon
        vote = 0.0
        if candidate.start and view.lowers[candidate.start - 1] in lexicon.compass:
            vote += EVIDENCE["compass_before"]
        elif self._has_odd_article(candidate):
            vote += EVIDENCE["article_before"]
        if noun_before is not None:
            return vote + EVIDENCE["type_noun_before"]
        if before < 0:
            return vote + EVIDENCE["sentence_start"]
        word = view.lowers[before]
        if word in lexicon.taking_verbs and candidate.start - before <= 2:
            return vote + EVIDENCE["taken"]
        if self.is_target(candidate.start, before):
            return vote + EVIDENCE["target"]
        if word in {",", "and", "&"} and self._listed_after(before, candidate.end):
            return vote + EVIDENCE["listed"]
        if word.rstrip(".") in lexicon.titles and before == candidate.start - 1:
            return vote + EVIDENCE["title_before"]
        following = candidate.end + 1
        if word == "between" and following in self.starts:
            return vote + EVIDENCE["strong_preposition"]
        if word in lexicon.strong_locative:
            return vote + EVIDENCE["strong_preposition"]
        if word in lexicon.locative:
            return vote + EVIDENCE["preposition"]
        if before == candidate.start - 1 and view.namelike[before]:
            if word in lexicon.first_names or word in lexicon.particles:
                return vote + EVIDENCE["first_name_before"]
            if before not in self._place_tokens() and not view.opens[before]:
                return vote + EVIDENCE["capital_before"]
        return vote

    def _right_vote(self, candidate: Candidate, noun_after: str | None) -> float:
        view, lexicon, end = self.view, self.lexicon, candidate.end
        if noun_after is not None:
            return EVIDENCE["type_noun_after"]
        if end >= len(view.words) or view.opens[end]:
            return 0.0
        word = view.words[end]
        if word in _CONTAINER_GAP and self._is_container(end + 1):
            return EVIDENCE["container_after"]
        if heads_dateline(self.view, self.lexicon, candidate):
            return EVIDENCE["heads_dateline"]
        if view.lowers[end] in lexicon.local_nouns and not view.shouts[candidate.start]:
            return EVIDENCE["local_noun_after"]
        if view.lowers[end] in lexicon.speech and not _is_power(candidate):
            return EVIDENCE["speech_after"]
        if view.shouts[candidate.start] and not (
            view.namelike[end] and word.isalpha() and view.lowers[end] not in CONNECTORS
        ):
            return 0.0
        if len(word) <= 2 and word[:1].isupper() and (len(word) == 1 or word.endswith(".")):
            return EVIDENCE["initial_after"]
        if view.capital[end] and (end not in self.starts or view.lowers[end] in lexicon.titles):
            if view.lowers[end].rstrip(".") in lexicon.titles or (
                view.lowers[end] in lexicon.organisation_public
            ):
                return EVIDENCE["office_after"]
            organisation = view.lowers[end] in lexicon.organisation_after or (
                is_wide(candidate) and view.labels[end] == "ORG"
            )
            return 0.0 if organisation else EVIDENCE["capital_after"]
        return 0.0

    def is_target(self, start: int, before: int) -> bool:
        """'captured X', 'an attack on X', 'withdrew from X'."""
        if before < 0:
            return False
        lowers, lexicon = self.view.lowers, self.lexicon
        if lowers[before] in lexicon.target_verbs and start - before <= 2:
            return True
        return before > 0 and (lowers[before - 1], lowers[before]) in lexicon.target_phrases

    def _listed_after(self, glue: int, end: int) -> bool:
        """Whether a place taken for sure stands right before this comma or 'and'.

        After a bare comma the list must go on ("In Paris, Jackson said" is none).
        """
        lowers = self.view.lowers
        following = lowers[end] if end < len(lowers) else ""
        if lowers[glue] == "," and following not in {",", "and", "&"}:
            return False
        if glue > 0 and lowers[glue] == "and" and lowers[glue - 1] == ",":
            glue -= 1
        return self.ends.get(glue, 0.0) > LISTED_BELIEF

    def _has_odd_article(self, candidate: Candidate) -> bool:
        """'the Duma', 'the Toyota': towns have no article of their own, unless a noun follows."""
        view, start = self.view, candidate.start
        if not start or view.lowers[start - 1] not in {"the", "a", "an"}:
            return False
        following = candidate.end
        if following < len(view.words) and not view.opens[following]:
            word = view.words[following]
            if word[:1].isalpha() or word == "-":
                return False
        return all(entry.feature.startswith("PPL") for entry in candidate.entries)

    def is_container_after(self, end: int) -> bool:
        """Whether a comma and a place that contains others follow ("X, Idlib province")."""
        words = self.view.words
        return end + 1 < len(words) and words[end] in _CONTAINER_GAP and self._is_container(end + 1)

    def _word_vote(self, candidate: Candidate) -> float:
        """What a single word is in other texts and elsewhere in this one."""
        if self._is_shouted_word(candidate):
            return EVIDENCE["shouted_word"]
        if candidate.end - candidate.start > 1:
            return 0.0
        lexicon, word = self.lexicon, self.view.lowers[candidate.start]
        vote = 0.0
        if word in lexicon.common_words and not self._is_beside(candidate.start):
            vote += EVIDENCE["common_word"]
        if word in lexicon.surnames:
            vote += EVIDENCE["surname"]
        elif word in lexicon.first_names:
            vote += EVIDENCE["first_name"]
        if word in self.persons:
            vote += EVIDENCE["person_in_report"]
        if self.view.shouts[candidate.start]:
            vote += EVIDENCE["shouting"]
        return vote

    def _is_beside(self, start: int) -> bool:
        """Whether a name in ordinary text follows a word after which hardly anything but a
        place is written with a capital ("near Sake")."""
        view = self.view
        return start > 0 and view.lowers[start - 1] in BESIDE and not view.shouts[start]

    def _is_shouted_word(self, candidate: Candidate) -> bool:
        """'SAME', 'EASTERN REGION' where all is in capitals: words first of all.

        Countries and world regions are made of words too ("UNITED STATES").
        """
        if any(self.view.namelike[candidate.start : candidate.end]):
            return False
        return not any(entry.is_country or entry.feature == "RGN" for entry in candidate.entries)

    def _is_container(self, index: int) -> bool:
        other = self.starts.get(index)
        return (
            other is not None
            and other.kind != "adjective"
            and any(entry.is_container for entry in other.entries)
        )

    def _place_tokens(self) -> set[int]:
        return {
            index
            for candidate in self.starts.values()
            for index in range(candidate.start, candidate.end)
        }

    def is_part_of_organisation(self, candidate: Candidate) -> bool:
        """'Washington Post', 'University of Aleppo', 'Islamic State of Iraq'."""
        view, lexicon = self.view, self.lexicon
        end = candidate.end
        if view.shouts[candidate.start]:
            return end < len(view.words) and view.lowers[end] in UNITS
        if end < len(view.words) and view.lowers[end] in RULERS | UNITS:
            return True
        if view.lowers[end : end + 2] == LOCAL_GOVERNMENT:
            return False
        for index in range(end, min(end + 3, len(view.words))):
            if view.opens[index] or not view.capital[index]:
                break
            word = view.lowers[index]
            if word in lexicon.organisation_after and word not in lexicon.organisation_public:
                return True
        start = candidate.start
        if start > 1 and view.lowers[start - 1] in {"of", "in", "for"}:
            head = view.lowers[start - 2]
            return view.capital[start - 2] and head in lexicon.organisation_before
        if start > 2 and view.lowers[start - 1] == "the" and view.lowers[start - 2] == "of":
            return view.capital[start - 3] and view.lowers[start - 3] in lexicon.organisation_before
        return False

    def _is_origin(self, candidate: Candidate) -> bool:
        """'a man from X', 'born in X', 'an X native': where somebody comes from."""
        lowers, start, end = self.view.lowers, candidate.start, candidate.end
        index = start - 1
        while index >= 0 and (lowers[index] in self.lexicon.compass or lowers[index] == "the"):
            index -= 1
        if index > 0 and lowers[index] == "from" and lowers[index - 1] in self.lexicon.person_nouns:
            return True
        if index > 0 and lowers[index] in {"in", "of"} and lowers[index - 1] in {"born", "native"}:
            return True
        if index > 3 and lowers[index] == "of" and lowers[index - 3 : index - 1] == [",", "a"]:
            return lowers[index - 1] in {"resident", "citizen"}  # "a driver, a resident of X,"
        if end + 1 < len(lowers) and lowers[end] == "-" and lowers[end + 1] in SEATED:
            return True
        return end < len(lowers) and lowers[end] in {"native", "natives"}


def _hint(kind: str | None) -> str | None:
    return None if kind == "wide" else kind


def _is_power(candidate: Candidate) -> bool:
    """Countries and capitals speak ("Moscow said"); small towns do not."""
    return any(
        entry.is_country or entry.feature == "PPLC" or entry.population > 1_000_000
        for entry in candidate.entries
    )
