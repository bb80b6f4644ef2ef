"""Lists: groups that are one person twice, a part of another, or spelled out after a count.

Reads   the groups of a sentence in text order.
Writes  nothing.
"""

from __future__ import annotations

from marsad.coding.casualties.phrases import PhraseReader
from marsad.coding.casualties.view import DASHES, Group, gap_joins

_PART_LEADS = frozenset({"including", "includes", "included", "include", "incl"})
# "A driver named Adam Fox, a resident of Homs, ...": where he is from, no second person.
_ORIGINS = frozenset("resident native inhabitant citizen national veteran graduate".split())
_FROM = frozenset({"of", "from", "in"})
_SINGULAR_VERBS = frozenset({"was", "is", "has"})
_PLURAL_VERBS = frozenset({"were", "are", "have"})
_KIN = frozenset("mother father son daughter wife husband brother sister child parent".split())
_PAIRED = frozenset({"men", "women", "children"})  # "the man and woman": two people
_PART_PAIRS = (
    ["among", "them"],
    ["of", "whom"],
    ["of", "them"],
    ["among", "whom"],
    ["amongst", "them"],
)


class ListReader(PhraseReader):
    """Appositions ("driver Adam Fox"), parts ("including a child"), lists after a count."""

    def merge_appositions(self, groups: list[Group]) -> list[Group]:
        """`groups` with each person once, lists folded into their count, parts marked."""
        merged: list[Group] = []
        for group in groups:
            if merged and self._shares_number(merged[-1], group):
                merged[-1].end = merged[-1].tail = group.end
                merged[-1].words = f"{merged[-1].words} and {group.words}"
                merged[-1].kind = None
                continue
            if merged and self._is_same_person(merged[-1], group):
                last = merged[-1]
                if last.sort == group.sort == "one" and not last.names:
                    last.end = group.end  # a name may follow the second title
                last.names = last.names or group.names
                last.tail = max(last.tail, group.tail, group.end)
                if last.sort == "name" and group.sort == "one":
                    last.kind = last.kind or group.kind
                continue
            merged.append(group)
        return self._mark_parts(self._fold_lists(merged))

    def _shares_number(self, first: Group, second: Group) -> bool:
        """ "20 women and children", "19 of them women and children": the number is of both."""
        counted = first.sort == "number" and first.head is not None
        bare = second.sort == "plural" and second.head == second.start and not second.is_definite
        if not counted or not bare or self.view.words[first.end : second.start] != ["and"]:
            return False
        return first.is_partitive or {first.kind, second.kind} <= {"women", "children", "men"}

    def _mark_parts(self, groups: list[Group]) -> list[Group]:
        """Mark all that "including", "among them" and the like lead in."""
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
            if gap == [","] and group.sort != "number":
                listed = False  # "..., including a child, governor Fox said"
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
        if self._is_second_title(first, second) or self._tells_origin(first, second):
            return True
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
        if gap == [","] and self._is_bare_title(first, second):
            return True
        if first.sort == "name" and second.sort == "one" and gap in ([","], []):
            end = max(second.tail, second.end)
            if view.words[second.start] in self.lexicon.phrase["possessives"]:
                return False
            listed = view.word(end) == "and" and self._opens_person(end + 1)
            return not listed and end < view.size and view.words[second.start] in {"a", "an", "the"}
        # "Adam Fox, a student and cadet, ..."
        bare = view.words[second.start] not in self.lexicon.phrase["determiners"]
        return (
            first.sort == "name"
            and second.sort == "one"
            and bare
            and gap == ["and"]
            and first.tail > first.end + 1
        )

    def _is_second_title(self, first: Group, second: Group) -> bool:
        """ "The mayor and local leader Adam Fox", "the army chief, General Adam Fox, was shot".

        The second title has no article, and a name or a verb in the singular follows it.
        """
        view = self.view
        if first.sort != "one" or second.sort != "one" or first.names or first.kind in _PAIRED:
            return False
        gap = view.words[max(first.tail, first.end) : second.start]
        if gap not in (["and"], [","]):
            return False
        opener = view.words[second.start]
        if opener in self.lexicon.phrase["determiners"] | self.lexicon.phrase["possessives"]:
            return False
        if second.kind in _PAIRED or view.word(second.head or 0) in _KIN:
            return False
        end = max(second.tail, second.end)
        name = end + (view.word(end) == ",")
        stop = name
        while stop < view.size and view.looks_like_name(stop):
            stop += 1
        verb = view.word(stop + (view.word(stop) == ","))
        if gap == [","]:
            listed = verb == "and" and view.words[first.start] != "the"
            if stop == name or view.word(stop) not in {",", "."} or listed:
                return False
        if verb in _SINGULAR_VERBS:
            return True
        opens = view.words[first.start] in self.lexicon.phrase["determiners"]
        return opens and stop > name and verb not in _PLURAL_VERBS

    def _is_bare_title(self, first: Group, second: Group) -> bool:
        """ "Adam Fox, mayor of Homs, was", "Adam Fox, governor and party leader, was"."""
        view = self.view
        if first.sort != "name" or second.sort != "one" or second.head is None:
            return False
        if view.words[second.start] in self.lexicon.phrase["determiners"]:
            return False
        end = second.head + 1
        if view.word(end) not in {",", "and", *_FROM, "for", "at"}:
            return False
        for position in range(end, min(end + 7, view.size)):
            if view.words[position] == ",":
                return view.word(end) != "and" or view.word(position + 1) in _SINGULAR_VERBS
        return False

    def _tells_origin(self, first: Group, second: Group) -> bool:
        """ "A driver, a resident of Homs, and a guard": where the first is from."""
        view = self.view
        if second.sort != "one" or second.head is None or not first.is_single:
            return False
        if view.words[max(first.tail, first.end) : second.start] != [","]:
            return False
        return view.words[second.head] in _ORIGINS and view.word(second.head + 1) in _FROM

    def _opens_person(self, index: int) -> bool:
        """Whether another person is named or described from here on, with article or name."""
        if index >= self.view.size:
            return False
        word = self.view.words[index]
        return (
            word in self.lexicon.phrase["determiners"]
            or index in self.counts
            or self.skip_age(index) > index
            or (self.view.looks_like_name(index) and self.view.entities[index] == "PERSON")
        )

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
