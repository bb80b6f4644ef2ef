"""Strikes: outcome words that hurt people only where people are what is hit.

Reads   a `SentenceView` with its groups.
Writes  nothing.

"Four people were hit", "striking two men and a woman", "a double homicide", "turned
the gun on himself", "fled the town", "seized 30 villagers".
"""

from __future__ import annotations

from marsad.coding.casualties.view import Group, Link
from marsad.coding.casualties.wounds import WoundLinks

# "A double homicide", "an apparent triple fatal shooting".
MULTIPLES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}
_MULTIPLIED = frozenset(
    """homicide homicides murder murders killing slaying slayings shooting stabbing assassination
    execution""".split()
)
_BURNED = frozenset({"burned", "burnt", "torched", "razed"})
_DEADLY = frozenset({"fatal", "deadly"})
_GUNS = frozenset({"gun", "weapon", "rifle", "pistol", "handgun", "firearm", "shotgun", "revolver"})
MANY = 100  # what hits so many people is a disaster, and hurts few of them
# Below this a group that fled is a few attackers rather than people driven out.
MIN_FLIGHT = 10


class StrikeLinks(WoundLinks):
    """Links of the shapes strike, turn, flee, seize and take."""

    def _fill_strike(self, link: Link) -> None:
        """ "Two men were hit", "hit a girl in the head"; not "hit by floods", "hit two towns"."""
        view, start = self.view, self.aux_start(link.index)
        if any(g.start <= link.index < g.end for g in self.groups):
            return  # "30 striking miners"
        if self.has_be(start, link.index):
            if self._is_hit_otherwise(link.end):
                return
            groups = self.subject(link, start, adjacent=False)
            if not groups or not self._is_own_subject(groups[-1], start, link.index):
                return
        else:
            right = self.right_group(link.end)
            if right is None or self._is_possessor(right):
                return
            groups = self.chain_right(right)
            if any((g.low or 0) >= MANY for g in groups):
                return  # "the storm hit thousands of people"
            if right.sort in {"name", "pronoun"} and self.link["missiles"].isdisjoint(view.words):
                return  # "the remark hit him hard"
        if all(self._can_be_hit(group) for group in groups):
            link.groups = groups

    def _is_own_subject(self, group: Group, start: int, verb: int) -> bool:
        """Whether nothing else can be what was hit: "the twins were saved when their home was"."""
        end = max(group.end, group.tail)
        gap = self.view.words[end:start]
        if gap and gap[-1] in self.lexicon.things:
            return False
        return not gap or "who" in gap or self.parsed_subject(verb) is group

    def _is_possessor(self, group: Group) -> bool:
        """ "Hit the Fox residence", "hit a farmer's house": a thing was."""
        end = max(group.end, group.tail)
        if end >= self.view.size:
            return False
        after = self.view.word(end)
        return after in {"'s", "’s", "'", "’"} or self.view.tags[end][:2] == "NN"

    def _is_hit_otherwise(self, end: int) -> bool:
        """What follows "was hit" is no missile: "hit hard", "hit by a car", "hit with charges"."""
        word = self.view.word(end)
        if word in {"hard", "hardest", "with", "badly", "off"}:
            return True
        return word == "by" and self.link["missiles"].isdisjoint(self.view.words[end : end + 6])

    def _can_be_hit(self, group: Group) -> bool:
        """People told by number, or one by one, in words for people."""
        if group.low is None or group.sort == "plural":
            return group.sort == "plural" and group.low is None
        if group.head is None:
            return group.sort == "number" and group.is_definite is False
        return group.sort in {"name", "pronoun"} or self.is_person_word(group.head)

    def is_person_word(self, index: int) -> bool:
        """Whether the word is a noun for people."""
        word = self.view.words[index]
        if word in self.lexicon.people or word in self.lexicon.collectives:
            return True
        return word == "old" or word.endswith(("-old", *self.lexicon.suffixes))

    def _fill_multiple(self, link: Link) -> bool:
        """ "A double homicide", "the triple fatal shooting": as many people."""
        view, index = self.view, link.index
        if view.words[index] not in _MULTIPLIED:
            return False
        back = index - 1
        while view.word(back) in _DEADLY or view.word(back) in _MULTIPLIED:
            back -= 1
        number = MULTIPLES.get(view.word(back))
        if number is None:
            return False
        if link.outcome == "injured" and not _DEADLY.isdisjoint(
            view.words[max(back - 1, 0) : index]
        ):
            link.outcome = "killed"
        link.is_multiple = True
        link.groups = [
            Group(back, index + 1, "number", number, number, number=(back, back + 1), head=index)
        ]
        return True

    def _fill_turn(self, link: Link) -> None:
        """ "Before turning the gun on himself"."""
        words = self.view.words
        for position in range(link.end, min(link.end + 4, self.view.size - 2)):
            if words[position] in _GUNS and words[position + 1] == "on":
                if words[position + 2] in self.link["self"]:
                    link.is_reflexive = True
                return

    def _fill_flee(self, link: Link) -> None:
        """ "2,400 families fled the town", "forced thousands of people to flee"."""
        view, index = self.view, link.index
        if view.words[index] == "flee" and view.word(index - 1) == "to":
            groups = [g for g in self.groups if max(g.end, g.tail) == index - 1]
        else:
            groups = self.subject(link, self.aux_start(index), adjacent=False)
        if groups and all(
            g.sort == "number"
            and (g.low or 0) >= MIN_FLIGHT
            and (g.head is None or g.kind in {None, "civilian", "children", "women"})
            for g in groups
        ):
            link.groups = groups

    def _fill_take(self, link: Link) -> None:
        """ "Gunmen took 40 pupils from a school", "12 were taken away by rebels".

        Not "took 40 people to hospital", "took two hostages" (read at that word).
        """
        view, words = self.view, self.view.words
        if not self.link["taken_care"].isdisjoint(words):
            return
        start = self.aux_start(link.index)
        passive = self.has_be(start, link.index)
        if self.link["takers"].isdisjoint(words if passive else words[: link.index]):
            return
        if passive:
            groups, after = self.subject(link, start, adjacent=False), link.end
        else:
            position = link.end + (view.word(link.end) == "away")
            right = self.right_group(position)
            if right is None:
                return
            groups = self.chain_right(right)
            after = link.end if position > link.end else max(groups[-1].end, groups[-1].tail)
        if view.word(after) not in {"from", "away"} and words[after : after + 2] != [
            "with",
            "them",
        ]:
            return
        if all(
            g.low and g.head is not None and self.is_person_word(g.head) and not g.is_definite
            for g in groups
        ):
            link.groups = groups

    def is_place(self, link: Link, group: Group) -> bool:
        """Whether what was hit or burned is a town that the model takes for a person."""
        if group.sort != "name" or group.kind or group.tail > group.end:
            return False
        if link.shape != "strike" and self.view.words[link.index] not in _BURNED:
            return False
        places = self.view.places
        start, end = places[group.start], places[group.end - 1] + 1
        return any(
            place["start"] <= start and end <= place["end"] and place["role"] == "location"
            for place in self.view.doc._.toponyms
        )

    def _fill_seize(self, link: Link) -> None:
        """ "Seized 30 villagers", "two soldiers were captured": people by their noun only."""
        start = self.aux_start(link.index)
        right = self.right_group(link.end)
        passive = self.has_be(start, link.index)
        if passive:
            groups = self.subject(link, start, adjacent=False)
        elif right is not None:
            groups = self.chain_right(right)
        elif self.bare_left(link.index):
            groups = self.subject(link, start, adjacent=True)
        else:
            return
        if [g.sort for g in groups] == ["number"] and groups[0].head is None:
            bare = link.outcome == "detained" and right is None  # "24 killed and 12 captured"
            link.groups = groups if bare else []
            return
        kept = [g for g in groups if g.head is not None and self.is_person_word(g.head)]
        if kept[:1] == groups[:1]:
            link.groups = kept
