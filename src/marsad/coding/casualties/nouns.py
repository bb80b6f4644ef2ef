"""Nouns: outcome words that are counted, summed or possessed.

Reads   a `SentenceView` with its groups.
Writes  nothing.

"Nine deaths", "the toll rose to 22", "the bodies of nine men", "claimed 30 lives",
"from their homes".
"""

from __future__ import annotations

from dataclasses import replace

from marsad.coding.casualties.reach import Reach
from marsad.coding.casualties.view import Group, Link

PLURAL_HARM = frozenset({"injuries", "deaths", "fatalities"})
MAX_TOLL_GAP = 12  # tokens between "toll" and its number
# The toll from an attack by gunmen on a hotel in the capital of ... "has risen to" 21.
MAX_RISE_GAP = 26


class NounLinks(Reach):
    """Links of the shapes count, toll, body, lives and flight."""

    def _fill_counted(self, link: Link) -> None:
        view, index = self.view, link.index
        group = self.group_headed(index)
        if view.word(link.end) in self.link["figures_of"] | self.link["accused"]:
            return  # "no casualty figure was given", "a homicide suspect"
        if group is not None and group.sort == "number":
            link.groups = [group]
            return
        if view.word(link.end) == "of":
            right = self.right_group(link.end + 1)
            if right is not None and not view.words[index].startswith("martyr"):
                link.groups = self.chain_right(right, named=True)
            return
        if (
            view.word(index - 1) in {"'s", "’s", "'", "’"}
            or view.word(index - 1) in self.lexicon.phrase["possessives"]
        ):
            link.groups = self.possessor(index)
            return
        link.groups = self._no_reports(index) or self.uncounted(index)

    def uncounted(self, index: int) -> list[Group]:
        """ "The shelling caused deaths and injuries": people were hurt, how many is not said."""
        view = self.view
        if view.words[index] not in PLURAL_HARM or view.word(index + 1) in {"of", "to", "each"}:
            return []
        back = index - 1
        while view.word(back) in self.link["uncounted"]:
            back -= 1
        if view.word(back) not in self.link["causes"]:
            return []
        if view.word(back) == "were" and view.word(back - 1) != "there":
            return []
        leads = view.word(back) in {"resulted", "led", "resulting", "leading"}
        if leads and view.word(back + 1) not in {"in", "to"}:
            return []
        return [Group(index, index + 1, "plural", None, head=index)]

    def _no_reports(self, index: int) -> list[Group]:
        """ "no reports of casualties", "without casualties": none."""
        view = self.view
        before = view.words[max(index - 8, 0) : index]
        if "without" in before[-4:]:
            place = index - 1 - before[::-1].index("without")
        elif "no" in before and self.link["news_of"] & set(before):
            if "information" in before or "word" in before or "details" in before:
                return []
            place = index - 1 - before[::-1].index("no")
        else:
            return []
        if not self.link["none_reported"] & set(before):
            return []
        return [
            Group(place, index + 1, "number", 0, 0, "none", number=(place, place + 1), head=index)
        ]

    def _fill_toll(self, link: Link) -> None:
        view, index = self.view, link.index
        before = view.word(index - 1)
        if before in {"injury", "casualty", "wounded"}:
            link.outcome = "injured"
        elif before in {"a", "heavy", "its", "heavier"} and view.word(index + 1) != "of":
            return
        self._fill_running(link, link.end)

    def _fill_running(self, link: Link, position: int) -> None:
        """The number a running sum has come to: "... has risen from 12 to 22"."""
        view = self.view
        rises = bridge = False
        best: Group | None = None
        limit = min(view.size, position + self._toll_reach(position))
        numbers = {g.start: g for g in self.groups if g.sort == "number" and g.low != 0}
        while position < limit:
            group = numbers.get(position)
            word = view.words[position]
            if group is not None:
                if view.word(position - 1) == "from" and group.qualifier != "range":
                    position = group.end
                    continue
                if view.word(position - 1) == "by":
                    return
                if self._is_replaced(position):
                    position = group.end
                    continue
                best = group
                break
            rises = rises or word in self.context["rises"]
            bridge = bridge or word in {"of", "at", "is", ":", "to", "was", "as"}
            if word in self.link["forecasts"] and best is None:
                return
            if word in {";", "."} or (
                word in self.lexicon.outcomes
                and word not in self.link["toll_causes"]
                and word not in self.context["rises"]
            ):
                return
            position += 1
        if best is None or not (rises or bridge):
            return
        if best.qualifier == "range" and view.words[best.start] == "from" and best.high:
            best = replace(best, low=best.high, qualifier="exact")  # "rose from 12 to 17"
        link.groups = [best]
        link.is_toll = rises or bridge
        link.shape = "toll"

    def _toll_reach(self, position: int) -> int:
        """How far the number may stand: further where the toll's own verb says that it rose."""
        words = self.view.words
        for index in range(position, min(position + MAX_RISE_GAP, self.view.size - 1)):
            grown = words[index - 1] in self.context["have"] or words[index + 1] == "to"
            if words[index] in self.context["rises"] and grown:
                return index - position + MAX_TOLL_GAP
        return MAX_TOLL_GAP

    def _is_replaced(self, position: int) -> bool:
        """ "the toll, previously given as 13, has risen to 21": the first was replaced."""
        words = self.view.words
        rest = words[position : position + MAX_TOLL_GAP]
        earlier = self.context["earlier"] | self.context["at_first"] | {"which"}
        return bool(earlier & set(words[max(position - 5, 0) : position])) and not (
            self.context["rises"].isdisjoint(rest)
        )

    def _fill_number_of(self, link: Link) -> bool:
        """ "the number of people killed rose to nine", "raising the total of wounded to 40"."""
        view, index = self.view, link.index
        before = view.words[max(index - 6, 0) : index]
        if link.shape not in {"ed", "count", "adj", "ing"} or "of" not in before:
            return False
        at = len(before) - 1 - before[::-1].index("of")
        if at == 0 or before[at - 1] not in self.link["sums"]:
            return False
        if at > 1 and before[at - 2] not in self.link["sum_modifiers"]:
            return False
        self._fill_running(link, link.end)
        return True

    def _fill_body(self, link: Link) -> None:
        view, index = self.view, link.index
        word = view.words[index]
        if view.word(link.end) in self.link["body_compounds"]:
            return
        if view.word(index - 1) in {"governing", "the", "legislative"} and view.word(
            link.end
        ) not in {"of", "was"}:
            return
        if view.word(link.end) == "of":
            right = self.right_group(link.end + 1)
            if right is not None and right.low is not None:
                link.groups = self.chain_right(right)
                return
        if word == "remains" and view.tags[index][:2] != "NN":
            return
        group = self.group_headed(index)
        if group is not None and group.sort == "number":
            link.groups = [group]
            return
        if not self.link["found"] & set(view.words):
            return
        if view.word(index - 1) in {"'s", "’s"} or view.word(index - 1) in {"his", "her"}:
            link.groups = self.possessor(index)
        elif group is not None and word == "body" and group.low is not None:
            link.groups = [group]

    def _fill_lives(self, link: Link) -> None:
        view, index = self.view, link.index
        before = set(view.words[max(index - 5, 0) : index])
        if before & self.link["fights"] and view.word(index - 2) == "for":
            fight = index - 3  # "is fighting for his life"
            link.outcome = "injured"
            link.groups = self.subject(link, self.aux_start(fight), adjacent=False, verb=fight)
            return
        if view.word(link.end) == "of" and before & self.link["claims_lives"]:
            right = self.right_group(link.end + 1)
            if right is not None:
                link.groups = self.chain_right(right)
            return
        group = self.group_headed(index)
        if group is not None and group.sort == "number":
            near = before | set(view.words[link.end : link.end + 4])
            if near & self.link["lives_lost"]:
                link.groups = [group]
            return
        if view.word(index - 1) == "own" and view.word(index - 3) in self.link["took"]:
            link.is_reflexive = True
            link.groups = self.subject(
                link, self.aux_start(index - 3), adjacent=False, verb=index - 3
            )
            return
        for back in range(index - 1, max(index - 4, -1), -1):
            if view.words[back] in {"lost", "lose", "losing", "loses"} and view.word(back + 1) in {
                "his",
                "her",
                "their",
                "its",
                "your",
            }:
                link.groups = self.subject(link, self.aux_start(back), adjacent=False, verb=back)
                return

    def _fill_flight(self, link: Link) -> None:
        """ "forced 3,000 families from their homes", "5,000 people fled their homes"."""
        view, index = self.view, link.index
        if view.word(index - 1) not in {"their", "his", "her"}:
            return
        back = self.verb_left(
            index,
            self.link["flights"],
        )
        if back is None:
            return
        before = [
            g
            for g in self.groups
            if max(g.end, g.tail) <= index and g.sort == "number" and index - g.end <= 8
        ]
        if before and (before[-1].low or 0) > 0:
            link.groups = [before[-1]]
