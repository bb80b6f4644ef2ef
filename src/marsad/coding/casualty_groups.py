"""Groups: find who could be counted in a sentence, with how many they are.

Reads   tokens, entity types and tags where there are any.
Writes  nothing; `casualty_links` ties groups to outcomes.

A group is a number with its noun ("at least 14 soldiers"), a number alone ("14
dead"), one person described or named ("a farmer", "Adam Fox, 34"), a pronoun, or
people without a number ("villagers"), which is kept because it blocks wrong ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Span

from marsad.coding.casualty_lexicon import CasualtyLexicon, load_lexicon
from marsad.coding.numbers import DEFAULT_POLICY, FoundCount, scan_counts
from marsad.records import Qualifier

MAX_PHRASE = 9  # tokens from a number to the end of its noun phrase
DASHES = frozenset({"-", "–", "—", "‑", "--"})
NOT_NAMES = frozenset(
    {"GPE", "LOC", "FAC", "ORG", "NORP", "DATE", "TIME", "EVENT", "PRODUCT", "LAW"}
)
_NAME_JOINS = frozenset("al el bin ibn abu abd de la van von der da dos del bint".split())
_INSTITUTIONS = frozenset(
    """street st. avenue ave. road rd. drive boulevard lane court hospital center centre medical
    university school college police department county city state news times post court park church
    district apartments sheriff office army brigade battalion party ministry agency facebook twitter
    instagram network association club company bank airport university hotel club inc. corp. police
    palestine israel media radio tv channel press page club group north south east west january
    february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday committee council court foundation organization
    society union league front movement""".split()
)
_PART_LEADS = frozenset({"including", "includes", "included", "include", "incl"})
_PART_PAIRS = (["among", "them"], ["of", "whom"], ["among", "whom"], ["amongst", "them"])
_PARENTS = frozenset({"mother", "father", "parent", "mom", "dad", "grandmother", "grandfather"})
_INDEFINITE = frozenset({"a", "an", "another", "one"})


class SentenceView:
    """One sentence without its white space: parallel lists, local indices."""

    def __init__(self, sentence: Span) -> None:
        tokens = [token for token in sentence if not token.is_space]
        self.doc = sentence.doc
        self.places = [token.i for token in tokens]
        self.texts = [token.text for token in tokens]
        self.words = [text.lower() for text in self.texts]
        self.tags = [token.tag_ for token in tokens]
        self.entities = [token.ent_type_ for token in tokens]
        self.tokens = tokens
        self.size = len(tokens)
        self.local = {place: index for index, place in enumerate(self.places)}
        self.is_parsed = any(token.dep for token in tokens)
        letters = [text for text in self.texts if len(text) > 1 and text.isalpha()]
        self.is_upper = bool(letters) and sum(t.isupper() for t in letters) > 0.7 * len(letters)

    def word(self, index: int) -> str:
        """The lower-case word at a local index; empty outside the sentence."""
        return self.words[index] if 0 <= index < self.size else ""

    def is_glued(self, index: int) -> bool:
        """Whether no white space stands before this token."""
        place = self.places[index]
        return place > 0 and not self.doc[place - 1].whitespace_

    def looks_like_name(self, index: int) -> bool:
        """Capitalised as names are; in text all in capitals only entities are names."""
        text = self.texts[index]
        if self.is_upper:
            return self.entities[index] == "PERSON"
        return text[0].isupper() and (len(text) == 1 or not text.isupper()) and text[-1] != ":"


Sort = Literal["number", "one", "name", "pronoun", "plural"]


@dataclass(slots=True)
class Group:
    """People that one phrase stands for. Indices are local to the sentence."""

    start: int
    end: int
    sort: Sort
    low: int | None  # None: no number said
    high: int | None = None
    qualifier: Qualifier = "exact"
    number: tuple[int, int] | None = None
    head: int | None = None
    kind: str | None = None
    words: str | None = None
    names: tuple[str, ...] = ()  # lower-case name words, for telling mentions of one person
    is_definite: bool = False
    is_partitive: bool = False  # "three of them": already counted in what "them" stands for
    is_additive: bool = False  # "another five"
    is_part: bool = False  # "..., including three children,"
    of_end: int = 0  # end of "of the security forces"
    tail: int = 0  # end of what still belongs to it: ", 34,", "from Homs"
    parts: list[Group] = field(default_factory=list)  # "three people: a man and two boys"

    @property
    def is_single(self) -> bool:
        """One person, known or not."""
        return self.low == 1 and self.high == 1


class GroupFinder:
    """Find the groups of one sentence; `surnames` are names already met in the report."""

    def __init__(
        self, view: SentenceView, surnames: set[str], policy: str = DEFAULT_POLICY
    ) -> None:
        self.view = view
        self.lexicon: CasualtyLexicon = load_lexicon()
        self.surnames = surnames
        self.counts = {found.start: found for found in scan_counts(view.words, policy)}

    def find(self) -> list[Group]:
        """All groups in text order, appositions merged."""
        view, counts = self.view, self.counts
        groups: list[Group] = []
        index = 0
        while index < view.size:
            group = self._read_at(index, counts)
            if group is None:
                index += 1
                continue
            group.tail = max(group.tail, self._read_age(group.end))
            groups.append(group)
            index = max(group.end, index + 1)
            if group.is_single and group.sort != "pronoun":
                index = max(index, self._read_age(group.end))  # an age is no count
            if group.head is None or view.words[group.head] not in self.lexicon.outcomes:
                index = max(index, group.of_end)
        return self._merge_appositions(groups)

    # --- one group --------------------------------------------------------------------------

    def _read_at(self, index: int, counts: dict[int, FoundCount]) -> Group | None:
        view, phrase = self.view, self.lexicon.phrase
        word = view.words[index]
        found = counts.get(index)
        if found is not None:
            return self._read_counted(found)
        if word in phrase["pronouns"]:
            return Group(
                index, index + 1, "pronoun", 1, 1, head=index, words=word, is_definite=True
            )
        if word == "both":
            return self._read_both(index)
        if word in phrase["determiners"]:
            return self._read_determined(index)
        if word in phrase["ordinals"]:
            return self._read_described(index, index, definite=False)
        age = self._skip_age(index)
        if age > index:
            return self._read_described(index, index, definite=False)
        if word in self.lexicon.people or word.endswith(self.lexicon.suffixes):
            return self._read_undetermined(index)
        if view.looks_like_name(index):
            return self._read_name(index)
        return None

    def _read_counted(self, found: FoundCount) -> Group | None:
        view = self.view
        start, end, _, count = found
        partitive = False
        position = end
        if view.word(position) in {"more", "additional", "further"}:
            position += 1
        if view.word(position) == "of":
            position += 1
            if view.word(position) in {"them", "whom", "these", "those", "which"}:
                partitive = True
                end = position = position + 1
            elif view.word(position) in {"the", "these", "those", "his", "her", "their", "its"}:
                position += 1
                if view.word(position) in {
                    "dead",
                    "wounded",
                    "injured",
                    "victims",
                    "deceased",
                    "killed",
                }:
                    partitive = True
        head, stop = self._read_phrase(position)
        if head is not None and not self._can_be_people(head, count.low):
            return None
        additive = view.word(start) in {"another", "additional", "further"} or (
            view.words[start : start + 2] in (["an", "additional"], ["a", "further"])
        )
        additive = additive or view.word(end) in {"more", "additional", "further"}
        group = Group(
            start,
            max(end, stop),
            "number",
            count.low,
            count.high,
            count.qualifier,
            number=(start, end),
            head=head,
            is_partitive=partitive,
            is_additive=additive,
        )
        if head is not None:
            self._describe(group, position)
        elif view.word(end) == "more":
            group.end = end + 1
        elif view.word(end) == "of" and view.word(position) in self.lexicon.outcomes:
            group.end = position  # "hundreds of wounded"
        return group

    def _read_both(self, index: int) -> Group | None:
        """ "both were hurt", "both men"; in "both Adam and Eva" the two are counted themselves."""
        head, stop = self._read_phrase(index + 1)
        if head is not None and self.view.word(head + 1) == "and":
            return None
        end = max(index + 1, stop) if head is not None else index + 1
        group = Group(
            index, end, "number", 2, 2, number=(index, index + 1), head=head, is_definite=True
        )
        if head is not None:
            self._describe(group, index + 1)
        return group

    def _read_determined(self, index: int) -> Group | None:
        word = self.view.words[index]
        position = index + 1
        if self.view.word(position) == "other":
            position += 1
        found = self.counts.get(position)
        if found is not None and word not in _INDEFINITE:
            group = self._read_counted(found)
            if group is not None:
                group.start, group.is_definite = index, True
            return group
        return self._read_described(index, index + 1, definite=word not in _INDEFINITE)

    def _read_described(self, start: int, position: int, *, definite: bool) -> Group | None:
        """ "a 23-year-old man", "the mayor", "his wife", "a couple": one, or a named few."""
        view, lexicon = self.view, self.lexicon
        head, stop = self._read_phrase(position)
        if head is None:
            return None
        word = view.words[head]
        if word in {"family", "household"} and view.word(head + 1) == "of":
            counts = scan_counts(view.words[head + 2 : head + 4])
            if counts and counts[0].start == 0 and counts[0].count.low:
                size = counts[0].count.low
                group = Group(start, head + 2 + counts[0].end, "number", size, size, head=head)
                group.number = (head + 2, head + 2 + counts[0].end)
                self._describe(group, position)
                return group
        if word in lexicon.collectives and not view.word(head + 1) == "of":
            size = lexicon.collectives[word]
            return self._described(
                Group(start, stop, "one", size, size, head=head, is_definite=definite), position
            )
        if word == "old" or word.endswith("-old"):
            named = self._read_named_phrase(start, position)
            if named is not None:
                return named
            return self._described(
                Group(start, stop, "one", 1, 1, head=head, is_definite=definite), position
            )
        person = lexicon.people.get(word)
        if person is None and not word.endswith(lexicon.suffixes):
            # "the late Adam Fox", "25-year-old Adam Fox": a name behind the description
            return self._read_named_phrase(start, position)
        plural = person.plural if person else word.endswith(("men", "women", "people", "s"))
        if plural or word in {"family", "household"}:
            group = Group(start, stop, "plural", None, head=head, is_definite=definite)
        else:
            group = Group(start, stop, "one", 1, 1, head=head, is_definite=definite)
            group.is_additive = view.words[start] == "another"
        return self._described(group, position)

    def _described(self, group: Group, position: int) -> Group:
        self._describe(group, position)
        return group

    def _read_named_phrase(self, start: int, position: int) -> Group | None:
        position = max(position, self._skip_age(position))
        while position < self.view.size and self.view.tags[position] == "JJ":
            position += 1
        if position >= self.view.size or not self.view.looks_like_name(position):
            return None
        named = self._read_name(position)
        if named is not None:
            named.start = start
        return named

    def _read_undetermined(self, index: int) -> Group | None:
        """A person noun with no article: plural people, a title before a name, headline style."""
        view, lexicon = self.view, self.lexicon
        head, stop = self._read_phrase(index)
        if head is None:
            return None
        start = index
        while start > 0 and self._is_modifier(start - 1):
            start -= 1
        if start > 1 and view.words[start - 1] in DASHES and view.is_glued(start - 1):
            start -= 2
        person = lexicon.people.get(view.words[head])
        plural = person.plural if person else view.words[head].endswith(("men", "women", "s"))
        group = Group(start, stop, "plural", None, head=head)
        if not plural and view.words[head] not in {"family", "household"}:
            # Only where headlines and titles stand without an article.
            before = view.word(start - 1)
            opens = start == 0 or before in {":", ",", "and", ";", "—", "–", "-", '"', "“"}
            opens = opens or before in lexicon.outcomes
            named = stop < view.size and view.looks_like_name(stop) and not view.is_upper
            if opens or named:
                group = Group(start, stop, "one", 1, 1, head=head)
        return self._described(group, index)

    def _is_modifier(self, index: int) -> bool:
        view = self.view
        word = view.words[index]
        if not word[0].isalpha() or word in self.lexicon.phrase["stops"]:
            return False
        if word in self.lexicon.outcomes or word in self.lexicon.people:
            return False
        return view.tags[index] in {"JJ", "NN", "NNP", "NNS", "VBN"}

    def _read_name(self, index: int) -> Group | None:
        view = self.view
        is_entity = view.entities[index] == "PERSON"
        if not is_entity and view.entities[index] in NOT_NAMES and view.entities[index] != "ORG":
            return None
        if not is_entity and (
            view.words[index] in self.lexicon.phrase["stops"] or view.tags[index][:3] != "NNP"
        ):
            return None
        end = index
        while end < view.size and self._continues_name(index, end):
            end += 1
        words = [w for w in view.words[index:end] if w[0].isalpha() and len(w) > 1]
        if not words or any(w in _INSTITUTIONS for w in words):
            return None
        if len(words) == 1:
            known = words[0] in self.surnames
            if not known and not is_entity:
                return None
        elif not is_entity and view.entities[index] == "ORG" and words[-1] not in self.surnames:
            # the model takes many a foreign name for an organisation; an age settles it
            if self._read_age(end) == end:
                return None
        return Group(
            index, end, "name", 1, 1, head=end - 1, names=tuple(words), is_definite=True,
            words=" ".join(view.texts[index:end]),
        )  # fmt: skip

    def _continues_name(self, start: int, index: int) -> bool:
        view = self.view
        word = view.words[index]
        if view.looks_like_name(index):
            if index > start and word in self.lexicon.phrase["stops"]:
                return False
            if (
                index > start
                and view.entities[index] in NOT_NAMES
                and view.entities[start] == "PERSON"
            ):
                return False
            return view.entities[index] == "PERSON" or view.tags[index][:3] == "NNP"
        follows = index + 1 < view.size and view.looks_like_name(index + 1)
        if word in DASHES:
            return view.is_glued(index) and follows
        if word in _NAME_JOINS:
            rest = view.word(index + 1) in DASHES and view.is_glued(index + 1)
            return follows or rest
        return index > start and word in {'"', "“", "”"} and view.entities[index] == "PERSON"

    # --- parts of a phrase --------------------------------------------------------------------

    def _read_phrase(self, position: int) -> tuple[int | None, int]:
        """Head noun and end of the noun phrase that goes on at `position`."""
        view, lexicon = self.view, self.lexicon
        stops = lexicon.phrase["stops"]
        person = last = None
        index = position
        while index < view.size and index - position < MAX_PHRASE:
            word = view.words[index]
            if word in stops:
                break
            age = self._skip_age(index)
            if age > index:
                last, index = age - 1, age
                if not self._goes_on(index):
                    person = last
                    break
                continue
            if word in DASHES or word in {"'s", "’s", "'", "’"}:
                if word in DASHES and not (
                    view.is_glued(index) and index + 1 < view.size and view.is_glued(index + 1)
                ):
                    break
                if word not in DASHES and person is not None and not self._goes_on(index + 1):
                    break
                index += 1
                continue
            if not word[0].isalpha():
                break
            if word in lexicon.outcomes and not self._is_plain_noun(index):
                if person is not None or not self._goes_on(index + 1):
                    break
            elif (
                view.tags[index] in {"VBD", "VBZ", "VBP", "MD"} and word not in lexicon.people
            ) or (
                person is not None
                and not self._is_person(index)
                and not self._goes_on(index + 1, reach=1)
            ):
                break
            if self._is_person(index) or word in lexicon.collectives:
                person = index
            last = index
            index += 1
        head = person if person is not None else last
        return (None, position) if head is None else (head, head + 1)

    def _is_plain_noun(self, index: int) -> bool:
        """Outcome words that are counted themselves: "nine deaths", "three bodies"."""
        return self.lexicon.outcomes[self.view.words[index]].shape in {
            "count",
            "body",
            "lives",
            "wound",
        }

    def _is_person(self, index: int) -> bool:
        word = self.view.word(index)
        return word in self.lexicon.people or (bool(word) and word.endswith(self.lexicon.suffixes))

    def _goes_on(self, index: int, reach: int = 2) -> bool:
        """Whether a person noun follows within `reach` words of the same phrase."""
        for position in range(index, min(index + reach, self.view.size)):
            word = self.view.words[position]
            if position in self.counts:
                return False
            if self._is_person(position):
                return True
            if word in self.lexicon.phrase["stops"] or not word[0].isalpha():
                return False
            if word in self.lexicon.outcomes:
                return False
        return False

    def _skip_age(self, index: int) -> int:
        """End of "23-year-old" or "three-month old" when one opens at `index`, else `index`."""
        words = self.view.words[index : index + 7]
        if not words or not (words[0][0].isdigit() or words[0] in _AGE_WORDS):
            return index
        position = 1
        for unit in (
            ("year", "years", "month", "months", "week", "weeks", "day", "days"),
            ("old", "olds"),
        ):
            while position < len(words) and words[position] in DASHES:
                position += 1
            if position >= len(words) or words[position] not in unit:
                return index
            position += 1
        return index + position

    def _read_age(self, end: int) -> int:
        """End of ", 34," or "(34)" or ", aged 34," after a name or noun; `end` if there is none."""
        words = self.view.words[end : end + 5]
        if words[:1] == ["("]:
            close = words.index(")") if ")" in words else 0
            if close and any(w.isdigit() for w in words[:close]):
                return end + close + 1
            return end
        if words[:1] == [","]:
            position = 2 if words[1:2] and words[1] in {"aged", "age"} else 1
            if position < len(words) and words[position].isdigit() and len(words[position]) <= 3:
                after = words[position + 1] if position + 1 < len(words) else ","
                if after in {",", ";", ".", ")", "and", "of", "was", "were", "who"}:
                    return end + position + (2 if after == "," else 1)
        return end

    def _can_be_people(self, head: int, low: int) -> bool:
        view, lexicon = self.view, self.lexicon
        word = view.words[head]
        if self._is_person(head) or word in lexicon.collectives or word in lexicon.outcomes:
            return True
        if word in lexicon.things or not word[0].isalpha():
            return False
        if view.tags[head] in {"NNS", "NNPS"} or word.endswith("s"):
            return True
        return (low == 1 and word in {"old"}) or word == "olds" or view.texts[head][0].isupper()

    def _describe(self, group: Group, position: int) -> None:
        """Fill words, kind and the of-phrase from the noun phrase that starts at `position`."""
        view, lexicon = self.view, self.lexicon
        head = group.head
        if head is None:
            return
        end = head + 1
        if view.word(end) == "of":
            inner = end + 1
            while view.word(inner) in {"the", "a", "an", "his", "her", "their", "its", "same"}:
                inner += 1
            of_head, of_end = self._read_phrase(inner)
            follows = view.word(inner) not in lexicon.context["be"]
            counted = {inner, end + 1} & self.counts.keys()
            if counted and view.words[head] in _PARENTS:  # "a mother of six"
                group.of_end = end + 2
            elif of_head is not None and follows and not counted:
                while of_end < view.size and view.looks_like_name(of_end):
                    of_end += 1
                end = group.of_end = of_end
        group.end = max(group.end, head + 1)
        group.tail = max(group.tail, end)
        words = [w for i, w in enumerate(view.texts[position:end], position)]
        group.words = _join(view, position, end) if words else None
        group.kind = self._kind(head, position, end)

    def _kind(self, head: int, start: int, end: int) -> str | None:
        """The kind of the head noun, or of the word that tells it ("army officers")."""
        view, lexicon = self.view, self.lexicon
        person = lexicon.people.get(view.words[head])
        told = [lexicon.kinds[w] for w in view.words[start:end] if w in lexicon.kinds]
        if person is None:
            word = view.words[head]
            if word == "old":
                return None
            return "civilian" if word.endswith(lexicon.suffixes) else (told[-1] if told else None)
        if person.kind == "any":
            return told[-1] if told else None
        if (
            person.stem
            in {
                "worker",
                "employee",
                "staffer",
                "commander",
                "leader",
                "member",
                "guard",
                "chief",
                "agent",
            }
            and told
        ):
            return told[-1]
        if person.kind == "civilian" and "settler" not in person.stem:
            return "civilian"
        return person.kind

    # --- appositions ----------------------------------------------------------------------------

    def _merge_appositions(self, groups: list[Group]) -> list[Group]:
        merged: list[Group] = []
        for group in groups:
            if merged and self._is_same_person(merged[-1], group):
                last = merged[-1]
                last.names = last.names or group.names
                last.tail = max(last.tail, group.tail, group.end)
                if last.sort == "name" and group.sort == "one":
                    last.kind = last.kind or group.kind
                continue
            merged.append(group)
        return self._mark_parts(self._fold_lists(merged))

    def _mark_parts(self, groups: list[Group]) -> list[Group]:
        """Mark what "including", "among them" and the like lead in, with all that is listed there."""
        words = self.view.words
        last: Group | None = None
        for group in groups:
            before = words[max(group.start - 2, 0) : group.start]
            led = bool(before) and (
                before[-1] in _PART_LEADS
                or (len(before) > 1 and before[0] in _PART_LEADS and before[1] not in {",", "and"})
                or before in _PART_PAIRS
            )
            gap = words[max(last.tail, last.end) : group.start] if last is not None else ["-"]
            listed = last is not None and all(word in {",", "and", "as", "well"} for word in gap)
            if listed and not led and self._has_own_word(group):
                listed = False
            group.is_part = led or (listed and group.sort != "pronoun")
            last = group if group.is_part else None
        return groups

    def _has_own_word(self, group: Group) -> bool:
        end = max(group.tail, group.end)
        words = self.view.words
        if self.view.word(end) == "," and self.view.word(end + 1) in _PART_LEADS:
            # "several others, including an infant, were hurt"
            closing = [i for i in range(end + 2, self.view.size) if words[i] == ","]
            end = closing[0] + 1 if closing else end
        rest = words[end : end + 4]
        if "," in rest:
            rest = rest[: rest.index(",")]
        return any(word in self.lexicon.outcomes for word in rest)

    def _is_same_person(self, first: Group, second: Group) -> bool:
        """ "driver Adam Fox", "a man named Adam Fox", "Adam Fox, 34, a farmer,"."""
        view = self.view
        if first.low != 1 or not second.is_single or first.sort == "pronoun":
            return False
        if second.sort == "pronoun" or second.number:
            return False
        gap = view.words[first.end : second.start]
        if first.sort in {"one", "number"} and second.sort == "name":
            if gap == ["as"] or not gap or "identified" in gap or "named" in gap or "called" in gap:
                return len(gap) < 8
            if gap == [","] and view.words[first.start] in self.lexicon.phrase["possessives"]:
                return True  # "his wife, Anna Fox and their son"
            if gap == [","] and view.word(max(second.tail, second.end)) != "and":
                return second.end < view.size and view.word(second.end) in {",", "."}
            return False
        if first.sort == "number" and second.sort == "one":
            after = view.word(max(second.tail, second.end))
            return view.words[first.end : second.start] == [","] and after != "and"
        gap = view.words[max(first.tail, first.end) : second.start]
        if first.sort == "name" and second.sort == "one" and gap in ([","], []):
            after = view.word(max(second.tail, second.end))
            if view.words[second.start] in self.lexicon.phrase["possessives"]:
                return False
            return (
                after != "and"
                and second.tail < view.size
                and view.words[second.start] in {"a", "an", "the"}
            )
        return False

    def _fold_lists(self, groups: list[Group]) -> list[Group]:
        """A count followed by the list of those it counts: "three people: a man and two boys"."""
        view = self.view
        folded: list[Group] = []
        index = 0
        while index < len(groups):
            group = groups[index]
            folded.append(group)
            index += 1
            if group.sort != "number" or group.low is None or group.low < 2 or group.is_partitive:
                continue
            if index >= len(groups):
                continue
            gap = view.words[max(group.tail, group.end) : groups[index].start]
            opener = gap[:1] and (gap[0] in {":", ",", "("} or gap[0] in DASHES)
            named = bool({"identified", "named"} & set(gap)) and len(gap) < 8
            if not ((opener and len(gap) <= 2) or named) or "and" in gap:
                continue
            chain = self._list_from(groups, index)
            total = sum(g.low or 0 for g in chain)
            if chain and (total == group.low or (named and len(chain) > 1)):
                group.parts = chain
                group.tail = max(chain[-1].tail, chain[-1].end)
                index += len(chain)
        return folded

    def _list_from(self, groups: list[Group], index: int) -> list[Group]:
        chain = [groups[index]]
        if chain[0].is_partitive:
            return []
        for group in groups[index + 1 :]:
            gap = self.view.words[max(chain[-1].tail, chain[-1].end) : group.start]
            if not gap_joins(gap) or group.is_partitive:
                break
            chain.append(group)
        return chain


_AGE_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety""".split()
)
_JOINS = frozenset(
    {",", "and", "&", "plus", "or", "as", "well", "along", "with", "alongside", "together", "both"}
)


def gap_joins(gap: Sequence[str]) -> bool:
    """Whether the words between two groups put them side by side in one list.

    A place or description may stand between ("a man from the village and his son")
    as long as the gap is short and ends in "and" or a comma.
    """
    if not gap:
        return True
    if all(word in _JOINS for word in gap):
        return True
    if gap[0] in {"from", "of", "in", "at", "aged", "named", "identified"} and len(gap) <= 7:
        return gap[-1] == "and" or (gap[-1] == "," and len(gap) <= 5)
    return False


def _join(view: SentenceView, start: int, end: int) -> str:
    """The words of local [start, end) as they stand, single blanks between."""
    text = view.doc[view.places[start] : view.places[end - 1] + 1].text
    return " ".join(text.split())
