"""Phrases: how far a noun phrase reaches, which noun it is about, and what kind of people.

Reads   a `SentenceView`.
Writes  nothing.
"""

from __future__ import annotations

from marsad.coding.casualties.lexicon import CasualtyLexicon, load_lexicon
from marsad.coding.casualties.numbers import scan_counts
from marsad.coding.casualties.tables import DEFAULT_POLICY
from marsad.coding.casualties.view import DASHES, Group, SentenceView, join_words

MAX_PHRASE = 9  # tokens from a number to the end of its noun phrase
_ADJECTIVES = [["JJ", "NN"], ["JJ", "NNS"], ["JJ", "NNP"], ["NNP", "NN"], ["NNP", "NNS"]]
_SHOWN = frozenset({"identified", "named", "described", "treated", "out"})  # "13 identified men"
_PARENTS = frozenset({"mother", "father", "parent", "mom", "dad", "grandmother", "grandfather"})


class PhraseReader:
    """Noun phrases of one sentence. `counts` are its numbers by the token they open at."""

    def __init__(self, view: SentenceView, policy: str = DEFAULT_POLICY) -> None:
        self.view = view
        self.lexicon: CasualtyLexicon = load_lexicon()
        self.counts = {found.start: found for found in scan_counts(view.words, policy)}

    def read_phrase(self, position: int) -> tuple[int | None, int]:
        """Head noun and end of the noun phrase that goes on at `position`."""
        view, lexicon = self.view, self.lexicon
        stops = lexicon.phrase["stops"]
        person = last = None
        index = position
        while index < view.size and index - position < MAX_PHRASE:
            word = view.words[index]
            if word in stops and not (word in _SHOWN and self.goes_on(index + 1)):
                break
            age = self.skip_age(index)
            if age > index:
                last, index = age - 1, age
                if not self.goes_on(index, reach=4):  # "a 26-year-old Long Beach woman"
                    person = last
                    break
                continue
            if word in DASHES or word in {"'s", "’s", "'", "’"}:
                if word in DASHES and not (
                    view.is_glued(index) and index + 1 < view.size and view.is_glued(index + 1)
                ):
                    break
                if word not in DASHES and person is not None and not self.goes_on(index + 1):
                    break
                index += 1
                continue
            if not word[0].isalpha():
                break
            if word in lexicon.outcomes and not self.is_plain_noun(index):
                if index == position and self._is_captive(index):
                    return index, index + 1
                if person is not None or not self.goes_on(index + 1):
                    break
            elif (
                view.tags[index] in {"VBD", "VBZ", "VBP", "MD"} and word not in lexicon.people
            ) or (
                person is not None
                and not self.is_person(index)
                and not self.goes_on(index + 1, reach=1)
            ):
                break
            if self.is_person(index) or word in lexicon.collectives:
                person = index
            last = index
            index += 1
        head = person if person is not None else last
        return (None, position) if head is None else (head, head + 1)

    def _is_captive(self, index: int) -> bool:
        """ "Beheaded a captive", "killed two hostages": the noun, after an article or number."""
        view = self.view
        entry = self.lexicon.outcomes[view.words[index]]
        if entry.shape != "custody" or view.words[index] not in self.lexicon.people:
            return False
        before = view.word(index - 1)
        return before in self.lexicon.phrase["determiners"]

    def is_plain_noun(self, index: int) -> bool:
        """Outcome words that are counted themselves: "nine deaths", "three bodies"."""
        if self.view.words[index] == "hostages":
            return True
        return self.lexicon.outcomes[self.view.words[index]].shape in {
            "count",
            "body",
            "lives",
            "wound",
        }

    def is_person(self, index: int) -> bool:
        """Whether the word is a noun for people, by the lexicon or by its ending."""
        word = self.view.word(index)
        if word in {"head", "heads"}:  # "the village head", not "shot in the head"
            return self.view.word(index - 1) in self.lexicon.phrase["headed"]
        if word not in self.lexicon.people:
            return bool(word) and word.endswith(self.lexicon.suffixes) and not self._names(index)
        # not "the national electricity company", "private homes"
        tags = self.view.tags[index : index + 2]
        plain = tags in _ADJECTIVES or (word == "national" and tags[1:] == ["NNP"])
        return not plain or self.goes_on(index + 1)

    def _names(self, index: int) -> bool:
        """ "The Baptist Hospital": the word is part of a name, not a person."""
        view = self.view
        if index + 1 >= view.size or view.is_upper or not view.texts[index].istitle():
            return False
        return view.word(index + 1) in self.lexicon.things and view.texts[index + 1].istitle()

    def goes_on(self, index: int, reach: int = 2) -> bool:
        """Whether a person noun follows within `reach` words of the same phrase."""
        for position in range(index, min(index + reach, self.view.size)):
            word = self.view.words[position]
            if position in self.counts:
                return False
            if self.is_person(position):
                return True
            if word in self.lexicon.phrase["stops"] or not word[0].isalpha():
                return False
            if word in self.lexicon.outcomes:
                return False
        return False

    def skip_age(self, index: int) -> int:
        """End of "23-year-old" or "three-month old" when one opens at `index`, else `index`."""
        words = self.view.words[index : index + 7]
        if not words or not (words[0][0].isdigit() or words[0] in self.lexicon.phrase["age_words"]):
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

    def read_age(self, end: int) -> int:
        """End of ", 34," or "(34)" or ", aged 34," after a name or noun; `end` if there is none."""
        words = self.view.words[end : end + 5]
        if words[:1] == ["("]:
            close = words.index(")") if ")" in words else 0
            if close and any(w.isdigit() for w in words[:close]):
                return end + close + 1
            return end
        if words[:1] == [","]:
            told = self.skip_age(end + 1)
            if told > end + 1 and self.view.word(told) in {",", "was", "were", "who", ".", ""}:
                return told + (self.view.word(told) == ",")  # ", 6 years old,"
            position = 2 if words[1:2] and words[1] in {"aged", "age"} else 1
            if position < len(words) and words[position].isdigit() and len(words[position]) <= 3:
                after = words[position + 1] if position + 1 < len(words) else ","
                if after in {",", ";", ".", ")", "and", "of", "was", "were", "who"}:
                    return end + position + (2 if after == "," else 1)
        return end

    def can_be_people(self, head: int, low: int) -> bool:
        """Whether a counted noun may be people: no thing, animal or event that we know."""
        view, lexicon = self.view, self.lexicon
        word = view.words[head]
        if self.is_person(head) or word in lexicon.collectives or word in lexicon.outcomes:
            return True
        if word in lexicon.things or not word[0].isalpha():
            return False
        if view.tags[head] in {"NNS", "NNPS"} or word.endswith("s"):
            return True
        return (low == 1 and word in {"old"}) or word == "olds" or view.texts[head][0].isupper()

    def describe(self, group: Group, position: int) -> None:
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
            of_head, of_end = self.read_phrase(inner)
            follows = view.word(inner) not in lexicon.context["be"]
            counted = {inner, end + 1} & self.counts.keys()
            if counted and view.words[head] in _PARENTS:  # "a mother of six"
                group.of_end = end + 2
            elif of_head is not None and follows and not counted and self.skip_age(inner) == inner:
                while of_end < view.size and view.looks_like_name(of_end):
                    of_end += 1
                end = group.of_end = of_end
        group.end = max(group.end, head + 1)
        group.tail = max(group.tail, end)
        words = [w for i, w in enumerate(view.texts[position:end], position)]
        group.words = join_words(view, position, end) if words else None
        group.kind = self.kind(head, position, end)

    def kind(self, head: int, start: int, end: int) -> str | None:
        """The kind of the head noun, or of the word that tells it ("army officers")."""
        view, lexicon = self.view, self.lexicon
        word = view.words[head]
        person = lexicon.people.get(word)
        told = self._told_kind(head, start, end)
        if person is None:
            if word == "old":
                return None
            if word in lexicon.forces:
                return "military" if told in {None, "government"} else told
            return "civilian" if word.endswith(lexicon.suffixes) else told
        paired = lexicon.paired_kinds.get(f"{view.word(head - 1)} {word}")
        if paired is not None:
            return paired
        if person.kind == "any" or (person.stem in lexicon.phrase["told"] and told):
            return told
        if person.kind == "civilian" and "settler" not in person.stem:
            return "civilian"
        return person.kind

    def _told_kind(self, head: int, start: int, end: int) -> str | None:
        """The kind told by the words around the head; "forces" only where no other word does."""
        kinds, forces = self.lexicon.kinds, self.lexicon.forces
        found: str | None = None
        has_forces = False
        for index in range(start, end):
            word = self.view.words[index]
            if index == head:
                continue
            has_forces = has_forces or word in forces
            before = self.view.word(index - 1)
            if before in DASHES:
                before = self.view.word(index - 2)
            pair = self.lexicon.paired_kinds.get(f"{before} {word}")
            found = pair or kinds.get(word) or found
        return "military" if has_forces and found in {None, "government"} else found
