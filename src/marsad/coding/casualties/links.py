"""Links: tie each outcome word of a sentence to the groups it is said of.

Reads   a `SentenceView` with its groups; heads and labels when it was parsed.
Writes  nothing.

Each word has a shape in the codebook that tells where those it is said of stand:
after it ("killing five"), before it ("five died"), or by voice ("killed").
"""

from __future__ import annotations

from dataclasses import replace

from marsad.coding.casualties.lexicon import OutcomeWord
from marsad.coding.casualties.strikes import StrikeLinks
from marsad.coding.casualties.view import Group, Link, SentenceView

_SENTENCED = frozenset({"sentenced", "condemned", "put", "sentence", "due"})
_HARM = frozenset({"killed", "injured"})
# "Take" is no outcome word by itself: it may not part or close what stands around it.
_TAKE = OutcomeWord("abducted", "take")
_MOMENTS = frozenset(
    """day night week month year morning evening afternoon moment same previous next following
    weekend time""".split()
)
# Tags that open an object right after a verb.
_OBJECT_TAGS = [["NN"], ["NNS"], ["NNP"], ["DT"], ["PRP$"], ["CD"], ["PRP"]]


class Linker(StrikeLinks):
    """Read the outcome words of one sentence."""

    def __init__(self, view: SentenceView, groups: list[Group]) -> None:
        super().__init__(view, groups)
        self.consumed: set[int] = set()  # words that a phrase before them took in

    def read(self) -> list[Link]:
        """All links in text order; words that are said of nobody are left out."""
        links: list[Link] = []
        for index, word in enumerate(self.view.words):
            entry = self.lexicon.outcomes.get(word)
            if entry is None and word in self.link["takes"]:
                entry = _TAKE
            if entry is None or index in self.consumed:
                continue
            link = self._open(index, entry)
            if link is None:
                continue
            self._fill(link, links)
            link.groups = [self._all_of(link, g) for g in link.groups if not self.is_place(link, g)]
            link.groups = [g for g in link.groups if g.low != 0 or self._is_real_zero(g, link)]
            if link.shape == "flight" and any(
                other.shape == "take" and other.groups == link.groups for other in links
            ):
                continue  # "taken from their homes by rebels" drove nobody out
            if link.groups:
                links.append(link)
        if any(not link.is_multiple and link.outcome in _HARM for link in links):
            # "a double shooting left one dead, one hurt": the sentence counts them itself
            links = [link for link in links if not link.is_multiple]
        return links

    def _all_of(self, link: Link, group: Group) -> Group:
        """ "One of the six people wounded", "one of five shooting victims": all of these were.

        Not "one of the six was wounded": the word must only tell which people are meant.
        """
        if group.whole is None or group.number is None:
            return group
        end = max(group.end, group.tail)
        inside = group.start <= link.index < end
        told = link.is_reduced and link.index <= end
        between = self.view.words[end : link.index]
        if not (inside or told or {"who", "that"} & set(between[:2])):
            return group
        whole = group.whole
        return replace(group, low=whole.low, high=whole.high, qualifier=whole.qualifier, whole=None)

    def _is_real_zero(self, group: Group, link: Link) -> bool:
        """Not so "none of them seriously", "no life-threatening injuries": some were hurt."""
        around = self.view.words[group.start : max(group.end, link.end) + 3]
        return not self.link["degrees"] & set(around)

    def _open(self, index: int, entry: OutcomeWord) -> Link | None:
        """The link of the word at `index`, with phrases such as "shot dead" taken together."""
        view = self.view
        word, before, after = view.words[index], view.word(index - 1), view.word(index + 1)
        if self._is_idle(index):
            return None
        if word == "dead" and view.words[max(index - 2, 0) : index] == ["left", "for"]:
            return Link(index - 2, index + 1, "injured", "ed")
        if before == "to" and word == "death":
            return Link(index, index + 1, "killed", "adj")
        link = Link(index, index + 1, entry.outcome, entry.shape)
        if word == "rounded" or (word in self.link["downed"] and after == "down"):
            link.end = index + 2
        elif entry.outcome == "injured" and entry.shape in {"ed", "ing", "base"}:
            self._close_hurt(link)
        self.consumed.update(range(index + 1, link.end))
        if word in {"shot", "shoot"} and link.outcome == "injured" and self._is_other_sense(index):
            return None
        return link

    def _is_idle(self, index: int) -> bool:
        """Words that carry an outcome only in a phrase, where that phrase is not here."""
        view = self.view
        word, before, after = view.words[index], view.word(index - 1), view.word(index + 1)
        if word == "rounded":
            return after != "up"
        if word in {"dead", "lifeless"} and after in {"body", "bodies"}:
            return True  # read at "body"
        if word == "passed":
            return after not in {"away", "on"}
        if word == "suicide":
            return before not in {"committed", "commits", "committing", "commit"}
        if word == "fatally":  # "fatally shot" is read at the verb; "one fatally" is not
            near = before in self.lexicon.outcomes or after in self.lexicon.outcomes
            return near or after not in {",", ".", "", "and", ";"}
        if word == "blown":
            return after not in {"up", "apart"}
        if word in {"gunning", "mowing"}:
            return after != "down"
        if word == "martyrdom":
            return before not in self.link["embraced"]
        if word == "death" and before == "to":
            return bool(_SENTENCED & set(view.words[max(index - 5, 0) : index]))
        return False

    def _close_hurt(self, link: Link) -> None:
        """ "shot dead", "beaten to death", "shot and killed" kill; "shot and wounded" is one."""
        view, index = self.view, link.index
        before, after, later = view.word(index - 1), view.word(index + 1), view.word(index + 2)
        if after in {"dead", "alive"}:
            link.outcome, link.end = "killed", index + 2
        elif (after == "to" and later == "death") or (
            after == "and" and later in {"killed", "fatally", "kill", "killing", "murdered"}
        ):
            link.outcome, link.end = "killed", index + 3
        elif after == "and" and self._is_injuring(index + 2):
            link.end = index + 3
        elif before in {"fatally", "mortally", "fatal", "deadly"} or after == "fatally":
            link.outcome = "killed"

    def _is_injuring(self, index: int) -> bool:
        entry = self.lexicon.outcomes.get(self.view.word(index))
        return entry is not None and entry.outcome == "injured" and entry.shape == "ed"

    def _is_other_sense(self, index: int) -> bool:
        """ "a shot was fired", "shots", "shot at", "hurt feelings", "shot down a drone"."""
        view = self.view
        word, before, after = view.words[index], view.word(index - 1), view.word(index + 1)
        if word == "shoot":
            return after in {"at", "down", "up", "out"}
        if word == "shot":
            if after == "at":
                return self._is_shot_at(index)
            if after in {"down", "up", "out", "off"} or before in self.link["shot_nouns"]:
                return True
            return view.tags[index][:2] == "NN" and before in self.link["articles"]
        return False

    def _is_shot_at(self, index: int) -> bool:
        """ "shot at the crowd", "was shot at by gunmen" hurt nobody; "shot at a party" does."""
        view = self.view
        if view.word(index + 2) in {"by", ",", ".", "", "and", "from"}:
            return True
        hit = self.has_be(self.aux_start(index), index) or view.word(index - 1) in {
            "fatally",
            "found",
        }
        return not hit and not any(g.end == index and g.sort != "plural" for g in self.groups)

    def _fill(self, link: Link, links: list[Link]) -> None:
        fillers = {
            "ed": self._fill_ed,
            "base": self._fill_right,
            "ing": self._fill_right,
            "die": self._fill_left,
            "adj": self._fill_adjective,
            "count": self._fill_counted,
            "toll": self._fill_toll,
            "body": self._fill_body,
            "lives": self._fill_lives,
            "wound": self._fill_wound,
            "care": self._fill_care,
            "custody": self._fill_custody,
            "flight": self._fill_flight,
            "loss": self._fill_loss,
            "strike": self._fill_strike,
            "turn": self._fill_turn,
            "flee": self._fill_flee,
            "seize": self._fill_seize,
            "take": self._fill_take,
        }
        if self._fill_multiple(link):
            return
        if self._fill_number_of(link):
            return
        if link.shape in {"ed", "adj"} and self._fill_modified(link):
            return
        fillers[link.shape](link)
        link.is_reflexive |= any(g.words in self.link["self"] for g in link.groups)
        if link.is_reflexive:
            rest = [g for g in link.groups if g.words not in self.link["self"]]
            victims = [g for other in links for g in other.groups] + rest
            link.groups = self.doer(link, victims) + (
                rest if link.shape in {"ed", "ing", "base"} else []
            )
        if not link.groups and link.shape in {"ed", "die"} and links:
            self._inherit(link, links[-1])

    def _fill_modified(self, link: Link) -> bool:
        """ "two wounded soldiers", "14 dead people": the word stands inside the group."""
        for group in self.groups:
            if (
                group.start <= link.index < group.end
                and group.head is not None
                and group.head > link.index
            ):
                if group.low is not None and not group.is_partitive:
                    link.groups = [group]
                return True
        return False

    def _fill_ed(self, link: Link) -> None:
        if self.view.word(link.index - 1) == "those":
            self._fill_among(link)
            return
        start = self.aux_start(link.index)
        passive = self.has_be(start, link.index)
        right = self.right_group(link.end)
        if not passive and right is not None and not self.bare_left(link.index):
            link.is_reflexive = right.words in self.link["self"]
            link.groups = self.chain_right(right)
            return
        link.is_reflexive = self.view.word(link.end) in self.link["self"]
        link.is_reduced = not passive
        link.groups = self.subject(link, start, adjacent=not passive)
        if link.is_reduced and self._is_doer(link):
            link.groups = []
        if passive and not link.groups and link.index <= 1 and right is not None:
            link.groups = self.chain_right(right)
        if self.view.words[link.index] == "blown":
            # "soldiers hurt when a bridge was blown up": only those right before it
            link.groups = [g for g in link.groups if max(g.end, g.tail) >= start]
        if self.view.words[link.index] in {"burned", "burnt"} and self._burns_a_thing(link.index):
            link.groups = []
        if link.groups and passive:
            self.add_elliptical(link)

    def _burns_a_thing(self, index: int) -> bool:
        """ "They fled, saying their houses had been burned": nobody was."""
        view = self.view
        if not view.is_parsed:
            return False
        things = [c for c in view.tokens[index].lefts if c.dep_ == "nsubjpass" and c.pos_ == "NOUN"]
        return any(
            thing.lower_ not in self.lexicon.people
            and self.group_at(view.local.get(thing.i)) is None
            for thing in things
        )

    def _is_doer(self, link: Link) -> bool:
        """ "he shot Castillo": one person right before an active verb did it.

        So did many before a verb that acts on a thing: "30 men burned the mayor's office".
        """
        after = self.view.words[link.end : link.end + 3]
        acts = self.view.tags[link.index] == "VBD" and after[:1] in (["the"], ["a"], ["an"])
        if acts and self.right_group(link.end) is None and not _MOMENTS.intersection(after):
            return True
        if len(link.groups) != 1 or link.groups[0].low != 1:
            return False
        takes_object = self.view.tags[link.end : link.end + 1] in _OBJECT_TAGS
        return link.groups[0].sort == "pronoun" or (
            link.groups[0].sort != "number" and takes_object
        )

    def _fill_left(self, link: Link) -> None:
        link.groups = self.subject(link, self.aux_start(link.index), adjacent=False)
        if link.groups:
            self.add_elliptical(link)

    def _fill_right(self, link: Link) -> None:
        position = link.end
        view = self.view
        if view.word(position) == "of":
            position += 1
        elif view.words[link.index] in {"shooting", "stabbing"} and view.word(link.index - 1) in {
            "the",
            "a",
            "of",
            "this",
            "that",
        }:
            return
        if view.words[link.index] in self.link["acts"]:
            counted = self.group_headed(link.index)
            if counted is not None:
                if view.words[link.index] == "arrests":
                    link.groups = [counted]
                return
        if view.word(position) in self.link["accused"] and view.words[link.index] == "murder":
            return  # "a murder suspect"
        group = self.right_group(position)
        if group is None:
            group = self.parsed_object(link.index)
        if group is not None:
            if group.sort == "pronoun" and group.words in self.link["self"]:
                link.is_reflexive = True
            link.groups = self.chain_right(group)
            return
        if view.word(link.end) in self.link["self"]:
            link.is_reflexive = True
        if (
            view.word(link.index - 1) in {"'s", "’s"}
            or view.word(link.index - 1) in self.lexicon.phrase["possessives"]
        ):
            link.groups = self.possessor(link.index)

    def _fill_adjective(self, link: Link) -> None:
        view, index = self.view, link.index
        start = self.aux_start(index)
        word = view.words[index]
        if word == "dead" and view.word(index - 1) in {"the", "wanted"}:
            self._fill_among(link)
            return
        if (
            word in {"missing", "lifeless", "deceased"}
            and view.tags[index] == "VBG"
            and self.right_group(link.end)
        ):
            return
        if word == "death":  # "hacked to death five villagers", "beat a man to death"
            verb_end = index - 1
            inside = [g for g in self.groups if g.end == verb_end or g.tail == verb_end]
            right = self.right_group(link.end)
            if inside:
                link.groups = self.chain_left(inside[-1])
            elif right is not None and not self.has_be(self.aux_start(index - 2), index):
                link.groups = self.chain_right(right)
            else:
                link.groups = self.subject(link, self.aux_start(index - 2), adjacent=False)
            return
        has_be = self.has_be(start, index) or any(
            w in self.link["found"] for w in view.words[start:index]
        )
        link.groups = self.subject(link, start, adjacent=not has_be)
        if link.groups and has_be:
            self.add_elliptical(link)

    def _fill_among(self, link: Link) -> None:
        """ "Among the dead were two nurses", "the dead include a nurse", "was among the dead"."""
        view = self.view
        if view.word(link.index - 2) == "among" and self.has_be(
            self.aux_start(link.index - 2), link.index
        ):
            link.groups = self.subject(
                link, self.aux_start(link.index - 2), adjacent=False, verb=link.index - 3
            )
            for part in link.groups:
                part.is_partitive = True
            return
        position = link.end
        if view.word(position) in {"was", "were", "is", "are", "included", "include", "includes"}:
            group = self.right_group(position + 1)
            if group is not None and group.low is not None and group.start == position + 1:
                link.groups = self.chain_right(group)
                for part in link.groups:
                    part.is_partitive = True

    def _fill_loss(self, link: Link) -> None:
        """ "lost four fighters", "lost her husband": not "lost two seats", "lost two players"."""
        start = self.aux_start(link.index)
        right = self.right_group(link.end)
        if self.has_be(start, link.index):  # "12 militants were eliminated"
            groups = self.subject(link, start, adjacent=False)
        elif right is not None and right.low is not None:
            groups = self.chain_right(right)
        else:
            return
        if all(group.kind in self.link["losses"] or group.low is None for group in groups):
            link.groups = groups

    def _inherit(self, link: Link, earlier: Link) -> None:
        """ "was shot and later died": the second word is said of the first one's people."""
        gap = self.view.words[earlier.end : link.index]
        joined = ("and" in gap and link.shape == "die") or "but" in gap
        clear = all(g.start >= link.end or g.end <= earlier.end for g in self.groups)
        if len(gap) <= 8 and joined and clear:
            link.groups = list(earlier.groups)
