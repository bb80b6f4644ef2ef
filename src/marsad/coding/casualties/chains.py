"""Chains: groups that stand side by side in one list under one outcome word.

Reads   a `SentenceView` with its groups.
Writes  nothing.
"""

from __future__ import annotations

from marsad.coding.casualties.lexicon import CasualtyLexicon, load_lexicon
from marsad.coding.casualties.view import Group, Link, SentenceView, gap_joins

MAX_DESCRIPTION = 9  # tokens of "working for the agency and" between two groups of a list
_ACTIVE = frozenset({"ed", "ing", "seize", "strike"})  # shapes that may take an object
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PREDICATES = (["VBD"], ["VBN"])
_BESIDES = (
    ["and"], ["along", "with"], ["as", "well", "as"], ["together", "with"], ["alongside"], ["plus"],
)  # fmt: skip


class Chains:
    """Lists in one sentence; indices are local to it."""

    def __init__(self, view: SentenceView, groups: list[Group]) -> None:
        self.view = view
        self.groups = groups
        self.lexicon: CasualtyLexicon = load_lexicon()
        self.context = self.lexicon.context
        self.link = self.lexicon.link

    def joins(self, left: Group, right: Group, *, is_subject: bool = False) -> bool:
        """Whether two groups stand side by side in one list.

        Between them may be what the first were doing: "two men waiting for a bus and
        a woman". The second must not open a clause of its own, unless the list is the subject.
        """
        view = self.view
        end = max(left.tail, left.end)
        gap = view.words[end : right.start]
        if gap_joins(gap):
            return True
        if right.words in self.link["self"] and gap[-1:] in (["then"], ["finally"], ["later"]):
            return len(gap) < 4  # "killed two people and then himself"
        if gap in ([";"], [";", "and"]):  # "Adam Fox, 34; Peter Lund, 29; and ..."
            return left.sort == right.sort == "name"
        if not 2 < len(gap) <= MAX_DESCRIPTION or gap[-1] != "and" or "," in gap:
            return False
        if view.tags[end] not in {"VBG", "VBN"} or self.lexicon.outcomes.keys() & set(gap):
            return False
        after = max(right.tail, right.end)
        return is_subject or after >= view.size or view.tags[after] not in _FINITE

    def describes(self, left: Group, right: Group) -> bool:
        """Whether `right` only tells who `left` are: "two men working for the Fox company"."""
        view = self.view
        end = max(left.tail, left.end)
        gap = view.words[end : right.start]
        return (
            right.sort in {"name", "plural"}
            and bool(gap)
            and view.tags[end] in {"VBG", "VBN"}
            and len(gap) < MAX_DESCRIPTION
            and {"and", ",", *self.lexicon.outcomes}.isdisjoint(gap)
        )

    def chain_right(self, group: Group, *, named: bool = False) -> list[Group]:
        """`group` and those listed after it, as long as they have no outcome word of their own.

        A comma alone joins only inside a list that an "and" closes.
        """
        chain = [group]
        closed = 1
        at = self.groups.index(group)
        last = group
        for following in self.groups[at + 1 :]:
            gap = self.view.words[max(last.tail, last.end) : following.start]
            if self.describes(last, following):
                continue
            if following.is_partitive and gap == [","]:
                last = following  # "11 villagers, nine of them children, and a monk"
                continue
            if last.is_partitive and gap != [",", "and"]:
                break
            if not self.joins(last, following) or following.is_partitive:
                break
            if not named and self.has_own_word(following):
                break
            if (following.is_part and not group.is_part) or self._opens_clause(following):
                break
            chain.append(following)
            last = following
            if gap[-1:] != [","]:
                closed = len(chain)
        return chain[:closed]

    def _opens_clause(self, group: Group) -> bool:
        """ "... struck his son and the attorney will decide": it has a verb of its own."""
        end = max(group.tail, group.end)
        return end < self.view.size and self.view.tags[end] in _FINITE

    def has_own_word(self, group: Group) -> bool:
        """ "killing five and 10 wounded": an outcome word right after it is its own."""
        end = max(group.tail, group.end)
        position = end
        while position < min(end + 5, self.view.size):
            word = self.view.words[position]
            entry = self.lexicon.outcomes.get(word)
            if entry is not None and entry.shape in {"ed", "die", "adj"}:
                return True
            if word in self.link["says"]:
                return True
            if (
                word not in self.context["adverbs"]
                and word not in self.context["be"]
                and word not in self.context["have"]
            ):
                return False
            position += 1
        return False

    def chain_left(self, group: Group) -> list[Group]:
        """`group` and those listed before it."""
        chain = [group]
        at = self.groups.index(group)
        if group.is_partitive or (group.sort == "number" and group.head is None):
            return chain
        for earlier in reversed(self.groups[:at]):
            gap = self.view.words[max(earlier.tail, earlier.end) : chain[0].start]
            if not gap or earlier.is_partitive or earlier.is_part or self.is_object(earlier):
                break
            if not self.joins(earlier, chain[0], is_subject=True):
                break
            if gap == [","] and len(chain) == 1 and not self.opens_headline(earlier, group):
                break
            chain.insert(0, earlier)
        return chain

    def is_object(self, group: Group) -> bool:
        """ "Arrested 14 students and three people were hurt": another verb acts on the first."""
        view = self.view
        index = group.start - 1
        while view.word(index) in {"the", "about", "around", "nearly", "some"}:
            index -= 1
        entry = self.lexicon.outcomes.get(view.word(index))
        if entry is None or entry.shape not in _ACTIVE or view.tags[index] not in {"VBD", "VBG"}:
            return False
        return view.word(index - 1) not in self.context["be"]

    def opens_headline(self, first: Group, second: Group) -> bool:
        """ "Police: 4 teens, 1 adult shot": a lone comma lists in headlines only."""
        opens = first.start == 0 or self.view.word(first.start - 1) in {":", "—", "–", "-"}
        return opens and first.sort in {"number", "one"} and second.sort == "number"

    def chain_between(self, group: Group, start: int) -> list[Group]:
        """`group` and those listed after it before `start`."""
        return [g for g in self.chain_right_until(group, start) if g.end <= start]

    def chain_right_until(self, group: Group, start: int) -> list[Group]:
        """`group` and those listed after it that end before `start`."""
        chain = [group]
        at = self.groups.index(group)
        for following in self.groups[at + 1 :]:
            if following.end > start or following.is_partitive or following.is_part:
                break
            if self.describes(chain[-1], following):
                continue
            if not self.joins(chain[-1], following, is_subject=True):
                break
            chain.append(following)
        return chain

    def add_elliptical(self, link: Link) -> None:
        """ "six were killed, and 20 others", "both were dead along with their father"."""
        view = self.view
        position = link.end + (view.word(link.end) == ",")
        for joint in _BESIDES:
            if view.words[position : position + len(joint)] == joint:
                position += len(joint)
                break
        else:
            return
        for group in self.groups:
            if group.start != position or group.is_partitive or group.low is None:
                continue
            others = group.head is not None and view.words[group.head] in {"others", "other"}
            end = max(group.tail, group.end)
            if joint == ["and"] and group.is_definite and view.tags[end : end + 1] in _PREDICATES:
                continue  # "one was killed and the other caught"
            if (others or joint != ["and"]) and not self.starts_clause(
                end, is_bare=joint == ["and"]
            ):
                link.groups.extend(self.chain_right(group))

    def starts_clause(self, end: int, *, is_bare: bool) -> bool:
        """Whether a predicate follows: the group before it has its own."""
        clause = self.view.words[end:]
        # ", and 20 others, including a child, were hurt": a comma may stand before it
        for stop in (";", "while") if is_bare else (";", "while", ","):
            clause = clause[: clause.index(stop)] if stop in clause else clause
        if any(word in self.context["be"] or word in self.context["have"] for word in clause[:4]):
            return True
        entries = (self.lexicon.outcomes.get(word) for word in clause)
        return any(entry is not None and entry.shape in {"ed", "die", "adj"} for entry in entries)
