"""Wounds and custody: outcome words that stand far from those they are said of.

Reads   a `SentenceView` with its groups.
Writes  nothing.

"Two men suffering from gunshot wounds", "was taken to hospital in critical
condition", "took 12 into custody".
"""

from __future__ import annotations

from marsad.coding.casualties.nouns import NounLinks
from marsad.coding.casualties.view import Group, Link

_INFLICTS = frozenset({"inflicting", "causing", "involving", "resulting"})
_OBJECTS = frozenset({"them", "her", "us", "me", "it"})
_MISSILES = frozenset({"bullet", "gunfire", "shrapnel"})


class WoundLinks(NounLinks):
    """Links of the shapes wound, care and custody."""

    def _fill_wound(self, link: Link) -> None:
        view, index = self.view, link.index
        word = view.words[index]
        if word in {"gunshot", "bullet"}:
            if word == "gunshot" and view.word(index + 1) not in self.link["gunshot_nouns"]:
                return
            if view.word(index + 1) in {"victim", "victims"}:
                return
        if word in {"injury", "injuries"} and view.word(link.end) in {"to", "of"}:
            right = self.right_group(link.end + 1)
            if right is not None and right.low is not None:
                link.groups = self.chain_right(right)
                return
        if word in {"injuries", "injury"}:
            none = self.group_headed(index)
            if none is not None and none.sort == "number" and (none.low == 0 or word == "injuries"):
                link.groups = (
                    []
                    if self.verb_left(
                        index, self.link["wound_verbs"] - {"with", "of", "from", "for", "by"}
                    )
                    is not None
                    and none.low
                    else [none]
                )
                return
            zero = self._no_reports(index)
            some = zero or self.uncounted(index)
            if some:
                link.groups = some
                return
        verbs = self.link["hurt_by"] if word in _MISSILES else self.link["wound_verbs"]
        if word == "bullet" and view.word(index + 1) in {"wound", "wounds"}:
            verbs = self.link["wound_verbs"]
        back = self.verb_left(index, verbs)
        if back is None:
            return
        if word not in _MISSILES and not self._has_wound(back):
            return
        if not _INFLICTS.isdisjoint(view.words[back:index]):
            return  # "assault with a deadly weapon inflicting serious injury"
        if view.words[back] in {"from", "of"} and view.word(back - 1) in self.link["deaths"]:
            return
        if back > 0 and view.words[back] in {"with", "from", "for", "of", "by"}:
            left = [g for g in self.groups if g.end == back or g.tail == back]
            if left:
                link.groups = self.chain_left(left[-1])
                return
            while back > 0 and view.words[back] not in self.context["be"] and index - back < 8:
                if any(g.start <= back - 1 < max(g.tail, g.end) for g in self.groups):
                    break
                back -= 1
        link.groups = self.subject(link, self.aux_start(back), adjacent=False, verb=back)

    def _has_wound(self, back: int) -> bool:
        """ "with", "suffering from", "treated for" a wound; not "of", "by" or "in" one."""
        word, before = self.view.words[back], self.view.word(back - 1)
        if word in {"of", "by"}:
            return False
        if word == "from":
            return before in self.link["suffers"]
        return word != "for" or before in self.link["treated"]

    def _fill_care(self, link: Link) -> None:
        view, index = self.view, link.index
        word = view.words[index]
        if word == "condition":
            if not self.link["conditions"] & set(view.words[max(index - 3, 0) : index]):
                return
            back = self.verb_left(index, self.link["taken"] | frozenset({"in", "died"}))
        elif word == "hospital":
            back = None
            sent = self._sent(index)
            if sent is not None:
                link.groups = sent
                return
            for position in range(index - 1, max(index - 12, -1), -1):
                if view.words[position] in self.link["brought"]:
                    back = position
                    break
        else:
            back = index
            right = self.right_group(link.end)
            if right is not None and not self.has_be(self.aux_start(index), index):
                link.groups = self.chain_right(right)
                return
        if back is None:
            return
        while back > 0 and view.words[back] in {"in", "is", "was", "are", "were"}:
            back -= 1
            if view.words[back] not in self.link["taken"]:
                back += 1
                break
        link.groups = [
            group
            for group in self.subject(link, self.aux_start(back), adjacent=False, verb=back)
            if view.word(group.end) not in {"killed", "dead"}  # "10 of those killed were taken"
        ]

    def _sent(self, index: int) -> list[Group] | None:
        """Those that a verb before "hospital" takes as its object; None when it is passive.

        "Sent four people to the hospital", "rushed him to hospital": not who took them.
        """
        view = self.view
        verbs = self.link["sends"] | self.link["brought"]
        for back in range(index - 1, max(index - 14, -1), -1):
            if view.words[back] not in verbs:
                continue
            if self.has_be(self.aux_start(back), back):
                return None
            right = self.right_group(back + 1)
            if right is not None and right.end <= index:
                return [g for g in self.chain_right(right) if g.end <= index]
            if view.word(back + 1) in _OBJECTS:
                return []
            return [] if view.words[back] in self.link["sends"] else None
        return None

    def _fill_custody(self, link: Link) -> None:
        """ "took 12 into custody", "was taken hostage", "held five captive"."""
        view, index = self.view, link.index
        if view.words[index] == "hostages" and view.word(index - 1) not in {"as", "taken", "held"}:
            return  # "killed two hostages"
        verbs = self.link["captures"]
        back = self.verb_left(index, verbs)
        if back is None:
            return
        inside = [
            g
            for g in self.groups
            if back < g.start
            and max(g.end, g.tail) <= index
            and g.end >= index - 2 - (view.word(index - 1) == "as")
        ]
        if inside and view.words[back] not in {"were", "was"}:
            link.groups = self.chain_left(inside[-1])
            return
        link.groups = self.subject(link, self.aux_start(back), adjacent=False, verb=back)
