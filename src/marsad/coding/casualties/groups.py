"""Groups: find who could be counted in a sentence, with how many they are.

Reads   tokens, entity types and tags where there are any.
Writes  nothing; `casualty_links` ties groups to outcomes.

A group is a number with its noun ("at least 14 soldiers"), a number alone ("14
dead"), one person described or named ("a farmer", "Adam Fox, 34"), a pronoun, or
people without a number ("villagers"), which is kept because it blocks wrong ties.
"""

from __future__ import annotations

from marsad.coding.casualties.lists import ListReader
from marsad.coding.casualties.numbers import FoundCount, scan_counts
from marsad.coding.casualties.tables import DEFAULT_POLICY
from marsad.coding.casualties.view import DASHES, Group, SentenceView

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
_PLACE_KINDS = frozenset(
    "city town village district province state region port island hamlet suburb capital".split()
)
_INHABITED = frozenset("population settlement camp community neighborhood neighbourhood".split())
_EVERYONE = frozenset({"people", "persons", "members", "individuals"})
_MORE = frozenset({"more", "additional", "further"})
_ALREADY_COUNTED = frozenset({"dead", "wounded", "injured", "victims", "deceased", "killed"})
_INDEFINITE = frozenset({"a", "an", "another", "one"})


def phrase_has(view: SentenceView, group: Group, words: frozenset[str]) -> bool:
    """Whether one of `words` stands in the group."""
    return not words.isdisjoint(view.words[group.start : group.end])


class GroupFinder(ListReader):
    """Find the groups of one sentence; `surnames` are names already met in the report."""

    def __init__(
        self, view: SentenceView, surnames: set[str], policy: str = DEFAULT_POLICY
    ) -> None:
        super().__init__(view, policy)
        self.surnames = surnames

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
            group.tail = max(group.tail, self.read_age(group.end))
            groups.append(group)
            index = max(group.end, index + 1)
            if group.is_single and group.sort != "pronoun":
                index = max(index, self.read_age(group.end))  # an age is no count
            if group.head is None or view.words[group.head] not in self.lexicon.outcomes:
                index = max(index, group.of_end)
        groups = self.merge_appositions(groups)
        for group in groups:
            if not group.is_part and phrase_has(view, group, self.lexicon.phrase["unborn"]):
                group.low = None  # no one for whom the report gives a number
        return groups

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
        age = self.skip_age(index)
        if age > index:
            return self._read_described(index, index, definite=False)
        if word in self.lexicon.people or word.endswith(self.lexicon.suffixes):
            return self._read_undetermined(index)
        if view.looks_like_name(index):
            return self._read_owner(self._read_name(index))
        return None

    def _read_owner(self, name: Group | None) -> Group | None:
        """ "Fox's mother" is the mother; in "Fox's five sons", "Fox's car" nobody named is hit."""
        view = self.view
        if name is None or view.word(name.end) not in {"'s", "’s", "'", "’"}:
            return name
        found = self.counts.get(name.end + 1)
        if found is not None:
            inner = self._read_counted(found)
        else:
            inner = self._read_described(name.start, name.end + 1, definite=True)
        if inner is not None and inner.sort in {"one", "number"}:
            inner.start, inner.is_definite = name.start, True
            return inner
        following = view.words[name.end + 1 : name.end + 4]
        if not self.lexicon.outcomes.keys().isdisjoint(following):
            return name  # "Fox's sudden death"
        return Group(name.start, name.end, "plural", None, is_definite=True)

    def _read_counted(self, found: FoundCount) -> Group | None:
        """ "at least 14 soldiers", "14 of them", "another five", "14" alone."""
        view = self.view
        start, end, count = found.start, found.end, found.count
        if view.word(start - 1) == "of" and view.word(start - 2) in self.lexicon.phrase["shares"]:
            return Group(start, end, "plural", None, is_definite=True)  # "some of the 120"
        if view.word(start - 1) == "of" and view.word(start - 2) in _PLACE_KINDS | _INHABITED:
            return Group(start, end, "plural", None, is_definite=True)  # "a town of 30,000"
        if view.words[end - 1] == "couple" and view.word(end) not in {"of", "more", "dozen"}:
            return Group(start, end, "one", 2, 2, number=(start, end), head=end - 1, words="couple")
        number_end, position, is_partitive = self._past_partitive(end)
        inner = self.counts.get(position) or self.counts.get(position - 1)  # "of the two men"
        if inner is not None and inner.start < end:
            inner = None
        if inner is not None and view.word(number_end) == "of":  # "two of the five men"
            position = inner.end
        head, stop = self.read_phrase(position)
        if head is not None and not self.can_be_people(head, count.low):
            return None
        if inner is not None and head is None and view.word(number_end) == "of":
            stop = position
        if inner is not None and view.words[end - 1] in {"group", "groups"}:
            return self._read_counted(inner)  # "a group of 14 tourists"
        whole = inner.count if inner is not None and view.word(number_end) == "of" else None
        group = Group(
            start, max(number_end, stop), "number", count.low, count.high, count.qualifier,
            number=(start, number_end), head=head, is_partitive=is_partitive,
            is_additive=self._is_additive(start, number_end), whole=whole,
        )  # fmt: skip
        if head is not None:
            self.describe(group, position)
        elif view.word(number_end) == "more":
            group.end = number_end + 1
        elif view.word(number_end) == "of" and view.word(position) in self.lexicon.outcomes:
            group.end = position  # "hundreds of wounded"
        return group

    def _past_partitive(self, end: int) -> tuple[int, int, bool]:
        """End of the number, start of the noun, and whether both tell a part ("of them")."""
        view = self.view
        position = end + (view.word(end) in _MORE)
        if view.word(position) != "of":
            return end, position, False
        position += 1
        if view.word(position) in {"them", "whom", "these", "those", "which"}:
            return position + 1, position + 1, True
        if view.word(position) in {"the", "these", "those", "his", "her", "their", "its"}:
            position += 1
            return end, position, view.word(position) in _ALREADY_COUNTED
        return end, position, False

    def _is_additive(self, start: int, end: int) -> bool:
        """ "another five", "an additional five", "five more"."""
        words = self.view.words
        opens = words[start] in {"another", "additional", "further"}
        opens = opens or words[start : start + 2] in (["an", "additional"], ["a", "further"])
        return opens or self.view.word(end) in _MORE

    def _read_both(self, index: int) -> Group | None:
        """ "both were hurt", "both men"; in "both Adam and Eva" the two are counted themselves."""
        head, stop = self.read_phrase(index + 1)
        if head is not None and self.view.word(head + 1) == "and":
            return None
        end = max(index + 1, stop) if head is not None else index + 1
        group = Group(
            index, end, "number", 2, 2, number=(index, index + 1), head=head, is_definite=True
        )
        if head is not None:
            self.describe(group, index + 1)
        return group

    def _read_determined(self, index: int) -> Group | None:
        word = self.view.words[index]
        position = index + 1
        if self.view.word(position) == "other":
            position += 1
        alone = self._read_alone(index)
        if alone is not None:
            return alone
        found = self.counts.get(position)
        if word == "that":  # "said that 14 men were ..."
            return None
        if found is not None and word not in _INDEFINITE:
            group = self._read_counted(found)
            if group is not None:
                group.start, group.is_definite = index, True
            return group
        return self._read_described(index, index + 1, definite=word not in _INDEFINITE)

    def _read_alone(self, index: int) -> Group | None:
        """ "another was wounded", "a third died": one more of those just named."""
        view = self.view
        end = index + 1
        if view.words[index] != "another":
            if view.word(end) not in self.lexicon.phrase["ordinals"] or view.word(end) == "other":
                return None
            end += 1
        if self._ends_object(index, end):
            return Group(index, end, "one", 1, 1, is_additive=True)
        context, verb = self.lexicon.context, end
        while view.word(verb) in context["adverbs"] and view.word(verb) not in context["be"]:
            if view.word(verb) in self.lexicon.outcomes:
                break
            verb += 1  # "another critically injured"
        word = view.word(verb)
        entry = self.lexicon.outcomes.get(word)
        is_verb = entry is not None and entry.shape in {"ed", "die", "adj"}
        if not (is_verb or word in context["be"] or word in context["have"]):
            return None
        if is_verb and self.goes_on(verb + 1):
            return None  # "another wounded soldier"
        return Group(index, end, "one", 1, 1, is_additive=True)

    def _ends_object(self, index: int, end: int) -> bool:
        """ "Injuring another.", "wounded a fourth in the leg": nothing more is said of them."""
        entry = self.lexicon.outcomes.get(self.view.word(index - 1))
        after = self.view.word(end)
        closed = not after[:1].isalpha() or after in self.lexicon.phrase["stops"]
        return entry is not None and entry.shape in {"ing", "ed", "base"} and closed

    def _read_described(self, start: int, position: int, *, definite: bool) -> Group | None:
        """ "a 23-year-old man", "the mayor", "his wife", "a couple": one, or a named few."""
        view, lexicon = self.view, self.lexicon
        head, stop = self.read_phrase(position)
        if head is None:
            return None
        word = view.words[head]
        if word in {"family", "household"} and view.word(head + 1) == "of":
            counts = scan_counts(view.words[head + 2 : head + 4])
            if counts and counts[0].start == 0 and counts[0].count.low:
                size = counts[0].count.low
                group = Group(start, head + 2 + counts[0].end, "number", size, size, head=head)
                group.number = (head + 2, head + 2 + counts[0].end)
                self.describe(group, position)
                if view.word(group.end) in _EVERYONE:  # "a family of six people"
                    group.end = group.tail = group.end + 1
                return group
        if word in lexicon.collectives and view.word(head + 1) != "of":
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
        if person is None and not self.is_person(head):
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
        self.describe(group, position)
        return group

    def _read_named_phrase(self, start: int, position: int) -> Group | None:
        position = max(position, self.skip_age(position))
        while position < self.view.size and self.view.tags[position] == "JJ":
            position += 1
        if position >= self.view.size or not self.view.looks_like_name(position):
            return None
        named = self._read_name(position, sure=self.view.word(position - 1) == "old")
        if named is not None:
            named.start = start
        return named

    def _read_undetermined(self, index: int) -> Group | None:
        """A person noun with no article: plural people, a title before a name, headline style."""
        view, lexicon = self.view, self.lexicon
        head, stop = self.read_phrase(index)
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
        return view.tags[index] in {"JJ", "JJR", "JJS", "NN", "NNP", "NNS", "VBN", ""}

    def _read_name(self, index: int, *, sure: bool = False) -> Group | None:
        """A name; `sure` that one stands here (after an age) without the model's word."""
        view = self.view
        is_entity = sure or view.entities[index] == "PERSON"
        if not is_entity and view.entities[index] in NOT_NAMES and view.entities[index] != "ORG":
            return None
        if not is_entity and (
            view.words[index] in self.lexicon.phrase["stops"] or view.tags[index][:3] != "NNP"
        ):
            return None
        if view.word(index - 1) == "of" and view.word(index - 2) in _PLACE_KINDS:
            return None  # "the town of Palma"
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
        # the model takes many a foreign name for an organisation; an age settles it
        elif not is_entity and view.entities[index] == "ORG" and self.read_age(end) == end:
            known = words[-1] in self.surnames
            if not known:
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
