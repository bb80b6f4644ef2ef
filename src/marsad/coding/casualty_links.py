"""Links: tie each outcome word of a sentence to the groups it is said of.

Reads   a `SentenceView` with its groups; heads and labels when it was parsed.
Writes  nothing.

The parse is asked first for a subject or object; where it gives none (headlines,
capitals, sentences left unparsed) the nearest group in the place the word's shape
calls for is taken. Coordinated groups come along; a group that says a part of
another ("three of them") never does.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.coding.casualty_groups import DASHES, Group, SentenceView, gap_joins
from marsad.coding.casualty_lexicon import CasualtyLexicon, OutcomeWord, load_lexicon

MAX_SUBJECT_GAP = 14  # tokens between a subject and its outcome word, without a parse
MAX_TOLL_GAP = 12  # tokens between "toll" and its number
_SUBJECT_LABELS = frozenset({"nsubjpass", "nsubj"})
_RELATIVES = frozenset({"who", "that", "which", "whom"})
_WOUND_VERBS = frozenset(
    """suffered suffering suffer suffers sustained sustaining sustain sustains received receiving had
    has have with from of for by nursing""".split()
)
_HURT_BY = frozenset({"hit", "struck", "grazed", "wounded", "shot", "injured", "hurt", "peppered"})
_TAKEN = frozenset(
    """taken rushed transported airlifted transferred flown brought admitted evacuated driven sent
    carried hospitalized hospitalised treated recovering remains remained remain is are was were
    went arrived checked listed""".split()
)
_BROUGHT = frozenset(
    """taken rushed transported airlifted transferred flown brought admitted evacuated driven sent
    carried hospitalized hospitalised treated recovering""".split()
)
_TO_DEATH = frozenset(
    """stabbed beaten hacked burned burnt shot tortured starved bled choked crushed strangled
    bludgeoned stoned trampled clubbed sentenced knifed frozen put bombed""".split()
)


@dataclass(slots=True)
class Link:
    """An outcome word and those it is said of. `index` is local; `end` closes "shot dead"."""

    index: int
    end: int
    outcome: str
    shape: str
    groups: list[Group] = field(default_factory=list)
    is_toll: bool = False
    is_passive: bool = False
    is_reflexive: bool = False
    is_reduced: bool = False  # "soldiers killed in ...": tells which, or is a headline


class Linker:
    """Read the outcome words of one sentence."""

    def __init__(self, view: SentenceView, groups: list[Group]) -> None:
        self.view = view
        self.groups = groups
        self.lexicon: CasualtyLexicon = load_lexicon()
        self.context = self.lexicon.context
        self.consumed: set[int] = set()

    def read(self) -> list[Link]:
        """All links in text order; words that are said of nobody are left out."""
        links: list[Link] = []
        for index, word in enumerate(self.view.words):
            entry = self.lexicon.outcomes.get(word)
            if entry is None or index in self.consumed:
                continue
            link = self._open(index, entry)
            if link is None:
                continue
            self._fill(link, links)
            link.groups = [g for g in link.groups if g.low != 0 or self._is_real_zero(g, link)]
            if link.groups:
                links.append(link)
        return links

    def _is_real_zero(self, group: Group, link: Link) -> bool:
        """ "none of them seriously", "no life-threatening injuries": some were hurt all the same."""
        around = self.view.words[group.start : max(group.end, link.end) + 3]
        return not _DEGREES & set(around)

    # --- what the word is -------------------------------------------------------------------

    def _open(self, index: int, entry: OutcomeWord) -> Link | None:
        """The link of the word at `index`, with phrases such as "shot dead" taken together."""
        view = self.view
        word, before, after = view.words[index], view.word(index - 1), view.word(index + 1)
        outcome, shape, end = entry.outcome, entry.shape, index + 1
        if word in {"gunned", "mowed", "mown"}:
            end = index + 2 if after == "down" else end
        elif word == "rounded":
            if after != "up":
                return None
            end = index + 2
        elif (word == "passed" and after not in {"away", "on"}) or (
            word == "fatally"
            and (
                _near_outcome(view, index, self.lexicon) or after not in {",", ".", "", "and", ";"}
            )
        ):
            return None
        elif word == "unaccounted":
            end = index + 2
        elif before == "to" and word == "death":
            if view.word(index - 2) in _TO_DEATH:
                return (
                    None
                    if view.word(index - 2) in {"sentenced", "put"}
                    else Link(index, end, "killed", "adj")
                )
            return (
                Link(index, end, "killed", "adj")
                if view.word(index - 2) not in {"sentence", "due"}
                else None
            )
        if shape == "ed" and outcome == "injured":
            if after == "dead":
                outcome, end = "killed", index + 2
            elif (after == "to" and view.word(index + 2) == "death") or (
                after == "and" and view.word(index + 2) in {"killed", "fatally"}
            ):
                outcome, end = "killed", index + 3
            elif after == "and" and self._is_injuring(index + 2):
                end = index + 3  # "shot and wounded"
            elif before in {"fatally", "mortally"} or after == "fatally":
                outcome = "killed"
            self.consumed.update(range(index + 1, end))
        if shape == "ing" and outcome == "injured":
            if before in {"fatal", "deadly", "fatally"} or view.words[end : end + 2] == [
                "and",
                "killing",
            ]:
                outcome = "killed"
                if view.word(end) == "and":
                    end += 2
                    self.consumed.update(range(index + 1, end))
            elif after == "death":
                outcome, end = "killed", index + 2
                self.consumed.add(index + 1)
        if word in {"shot", "hurt", "wound", "wounds", "shoot"} and self._is_other_sense(index):
            return None
        return Link(index, end, outcome, shape)

    def _is_injuring(self, index: int) -> bool:
        entry = self.lexicon.outcomes.get(self.view.word(index))
        return entry is not None and entry.outcome == "injured" and entry.shape == "ed"

    def _is_other_sense(self, index: int) -> bool:
        """ "a shot was fired", "shots", "shot at", "hurt feelings", "shot down a drone"."""
        view = self.view
        word, before, after = view.words[index], view.word(index - 1), view.word(index + 1)
        if word in {"wound", "wounds"}:
            return True
        if word == "shot":
            if after in {"at", "down", "up", "out", "off"} or before in {
                "gun",
                "warning",
                "first",
                "single",
                "fired",
            }:
                return True
            return view.tags[index][:2] == "NN" and before in {
                "a",
                "the",
                "one",
                "each",
                "every",
                "that",
            }
        return word == "shoot" and after in {"at", "down", "up", "out"}

    # --- whom it is said of -----------------------------------------------------------------

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
        }
        if self._fill_number_of(link):
            return
        if link.shape in {"ed", "adj"} and self._fill_modified(link):
            return
        fillers[link.shape](link)
        if link.is_reflexive:
            subject = self._subject(link, self._aux_start(link.index), adjacent=False)
            link.groups = [g for g in subject if g.low is not None] or link.groups
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
        start = self._aux_start(link.index)
        passive = self._has_be(start, link.index)
        right = self._right_group(link.end)
        if not passive and right is not None and not self._bare_left(link.index):
            if self.view.words[link.end : link.end + 1] == [","] or (
                right.sort == "pronoun" and right.words in {"himself", "herself"}
            ):
                link.is_reflexive = True
            link.groups = self._chain_right(right)
            return
        if self.view.words[link.end : link.end + 1] and self.view.word(link.end) in {
            "himself",
            "herself",
            "themselves",
        }:
            link.is_reflexive = True
        link.is_passive = passive
        link.is_reduced = not passive
        link.groups = self._subject(link, start, adjacent=not passive)
        if passive and not link.groups and link.index <= 1 and right is not None:
            link.groups = self._chain_right(right)
        if link.groups and passive:
            self._add_elliptical(link)

    def _bare_left(self, index: int) -> bool:
        """ "3 killed 2 wounded": a bare number right before the word is what it is said of."""
        return any(g.end == index and g.sort == "number" and g.head is None for g in self.groups)

    def _fill_left(self, link: Link) -> None:
        link.groups = self._subject(link, self._aux_start(link.index), adjacent=False)
        if link.groups:
            self._add_elliptical(link)

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
        if view.words[link.index] in {
            "murder",
            "murders",
            "execution",
            "massacre",
            "arrest",
            "arrests",
            "slaughter",
            "killing",
            "massacres",
        }:
            counted = self._group_headed(link.index)
            if counted is not None:
                if view.words[link.index] == "arrests":
                    link.groups = [counted]
                return
        group = self._right_group(position)
        if group is None:
            group = self._parsed_object(link.index)
        if group is not None:
            if group.sort == "pronoun" and group.words in {"himself", "herself"}:
                link.is_reflexive = True
            link.groups = self._chain_right(group)
            return
        if link.shape == "ing" and view.word(link.end) in {"himself", "herself", "themselves"}:
            link.is_reflexive = True
        if (
            view.word(link.index - 1) in {"'s", "’s"}
            or view.word(link.index - 1) in self.lexicon.phrase["possessives"]
        ):
            link.groups = self._possessor(link.index)

    def _fill_adjective(self, link: Link) -> None:
        view, index = self.view, link.index
        start = self._aux_start(index)
        word = view.words[index]
        if word == "dead" and view.word(index - 1) in {"the", "wanted"}:
            self._fill_among(link)
            return
        if (
            word in {"missing", "lifeless", "deceased"}
            and view.tags[index] == "VBG"
            and self._right_group(link.end)
        ):
            return
        if word == "death":  # "hacked to death five villagers", "beat a man to death"
            verb_end = index - 1
            inside = [g for g in self.groups if g.end == verb_end or g.tail == verb_end]
            right = self._right_group(link.end)
            if inside:
                link.groups = self._chain_left(inside[-1])
            elif right is not None and not self._has_be(self._aux_start(index - 2), index):
                link.groups = self._chain_right(right)
            else:
                link.groups = self._subject(link, self._aux_start(index - 2), adjacent=False)
            return
        has_be = self._has_be(start, index) or any(w in _FOUND for w in view.words[start:index])
        link.groups = self._subject(link, start, adjacent=not has_be)
        if link.groups and has_be:
            self._add_elliptical(link)

    def _fill_among(self, link: Link) -> None:
        """ "Among the dead were three children", "the dead include a nurse"."""
        view = self.view
        position = link.end
        if view.word(position) in {"was", "were", "is", "are", "included", "include", "includes"}:
            group = self._right_group(position + 1)
            if group is not None and group.low is not None and group.start == position + 1:
                link.groups = self._chain_right(group)
                for part in link.groups:
                    part.is_partitive = True

    def _fill_counted(self, link: Link) -> None:
        view, index = self.view, link.index
        group = self._group_headed(index)
        if group is not None and group.sort == "number":
            link.groups = [group]
            return
        if view.word(link.end) == "of":
            right = self._right_group(link.end + 1)
            if right is not None:
                link.groups = self._chain_right(right)
            return
        if (
            view.word(index - 1) in {"'s", "’s", "'", "’"}
            or view.word(index - 1) in self.lexicon.phrase["possessives"]
        ):
            link.groups = self._possessor(index)
            return
        link.groups = self._no_reports(index)

    def _group_headed(self, index: int) -> Group | None:
        for group in self.groups:
            if group.start <= index < group.end and group.head == index:
                return group
        return None

    def _no_reports(self, index: int) -> list[Group]:
        """ "no reports of casualties", "without casualties": none."""
        view = self.view
        before = view.words[max(index - 8, 0) : index]
        if "without" in before[-4:]:
            place = index - 1 - before[::-1].index("without")
        elif "no" in before and {
            "reports",
            "report",
            "word",
            "information",
            "immediate",
            "record",
        } & set(before):
            if "information" in before or "word" in before or "details" in before:
                return []
            place = index - 1 - before[::-1].index("no")
        else:
            return []
        if not {"reports", "report", "any", "without", "no", "record", "immediate"} & set(before):
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
        limit = min(view.size, position + MAX_TOLL_GAP)
        numbers = {g.start: g for g in self.groups if g.sort == "number"}
        while position < limit:
            group = numbers.get(position)
            word = view.words[position]
            if group is not None:
                if view.word(position - 1) == "from" and group.qualifier != "range":
                    position = group.end
                    continue
                if view.word(position - 1) == "by":
                    return
                best = group
                break
            rises = rises or word in self.context["rises"]
            bridge = bridge or word in {"of", "at", "is", ":", "to", "was", "as"}
            if word in {"expected", "likely", "feared", "could", "may", "might"} and best is None:
                return
            if word in {";", "."} or (word in self.lexicon.outcomes and word not in {"death"}):
                return
            position += 1
        if best is None or not (rises or bridge):
            return
        link.groups = [best]
        link.is_toll = rises or bridge
        link.shape = "toll"

    def _fill_number_of(self, link: Link) -> bool:
        """ "the number of people killed rose to nine", "raising the total of wounded to 40"."""
        view, index = self.view, link.index
        before = view.words[max(index - 6, 0) : index]
        if link.shape not in {"ed", "count", "adj", "ing"} or "of" not in before:
            return False
        at = len(before) - 1 - before[::-1].index("of")
        if at == 0 or before[at - 1] not in {"number", "total", "count", "tally", "toll"}:
            return False
        if at > 1 and before[at - 2] not in {
            "the",
            "total",
            "death",
            "confirmed",
            "overall",
            "final",
        }:
            return False
        self._fill_running(link, link.end)
        return True

    def _fill_body(self, link: Link) -> None:
        view, index = self.view, link.index
        word = view.words[index]
        if view.word(link.end) in {
            "armor",
            "armour",
            "camera",
            "cameras",
            "cam",
            "count",
            "language",
            "parts",
            "part",
        }:
            return
        if view.word(index - 1) in {"governing", "the", "legislative"} and view.word(
            link.end
        ) not in {"of", "was"}:
            return
        if view.word(link.end) == "of":
            right = self._right_group(link.end + 1)
            if right is not None and right.low is not None:
                link.groups = self._chain_right(right)
                return
        if word == "remains" and view.tags[index][:2] != "NN":
            return
        group = self._group_headed(index)
        if group is not None and group.sort == "number":
            link.groups = [group]
            return
        if not _FOUND & set(view.words):
            return
        if view.word(index - 1) in {"'s", "’s"} or view.word(index - 1) in {"his", "her"}:
            link.groups = self._possessor(index)
        elif group is not None and word == "body" and group.low is not None:
            link.groups = [group]

    def _fill_lives(self, link: Link) -> None:
        view, index = self.view, link.index
        before = set(view.words[max(index - 5, 0) : index])
        if view.word(link.end) == "of" and before & {
            "claimed",
            "claiming",
            "took",
            "taking",
            "cost",
            "taken",
            "claims",
            "claim",
            "takes",
            "costing",
        }:
            right = self._right_group(link.end + 1)
            if right is not None:
                link.groups = self._chain_right(right)
            return
        group = self._group_headed(index)
        if group is not None and group.sort == "number":
            near = before | set(view.words[link.end : link.end + 4])
            if near & {
                "lost",
                "claimed",
                "claiming",
                "cost",
                "taken",
                "took",
                "costing",
                "perished",
                "claims",
            }:
                link.groups = [group]
            return
        for back in range(index - 1, max(index - 4, -1), -1):
            if view.words[back] in {"lost", "lose", "losing", "loses"} and view.word(back + 1) in {
                "his",
                "her",
                "their",
                "its",
                "your",
            }:
                link.groups = self._subject(link, self._aux_start(back), adjacent=False, verb=back)
                return

    def _fill_wound(self, link: Link) -> None:
        view, index = self.view, link.index
        word = view.words[index]
        if word in {"gunshot", "bullet"}:
            if word == "gunshot" and view.word(index + 1) not in {
                "wound",
                "wounds",
                "victim",
                "victims",
                "injury",
                "injuries",
            }:
                return
            if view.word(index + 1) in {"victim", "victims"}:
                return
        if word in {"injury", "injuries"} and view.word(link.end) in {"to", "of"}:
            right = self._right_group(link.end + 1)
            if right is not None and right.low is not None:
                link.groups = self._chain_right(right)
                return
        if word in {"injuries", "injury"}:
            none = self._group_headed(index)
            if none is not None and none.sort == "number" and (none.low == 0 or word == "injuries"):
                link.groups = (
                    []
                    if self._verb_left(index, _WOUND_VERBS - {"with", "of", "from", "for", "by"})
                    is not None
                    and none.low
                    else [none]
                )
                return
            zero = self._no_reports(index)
            if zero:
                link.groups = zero
                return
        verbs = _HURT_BY if word in {"bullet", "gunfire", "shrapnel"} else _WOUND_VERBS
        if word == "bullet" and view.word(index + 1) in {"wound", "wounds"}:
            verbs = _WOUND_VERBS
        back = self._verb_left(index, verbs)
        if back is None:
            return
        if word not in {"bullet", "gunfire", "shrapnel"} and not self._has_wound(back):
            return
        if view.words[back] in {"from", "of"} and view.word(back - 1) in {
            "died",
            "dead",
            "succumbed",
            "die",
            "dying",
        }:
            return
        if back > 0 and view.words[back] in {"with", "from", "for", "of", "by"}:
            left = [g for g in self.groups if g.end == back or g.tail == back]
            if left:
                link.groups = self._chain_left(left[-1])
                return
            while back > 0 and view.words[back] not in self.context["be"] and index - back < 8:
                if any(g.start <= back - 1 < max(g.tail, g.end) for g in self.groups):
                    break
                back -= 1
        link.groups = self._subject(link, self._aux_start(back), adjacent=False, verb=back)

    def _has_wound(self, back: int) -> bool:
        """ "with", "suffering from", "treated for" a wound; not "of", "by" or "in" one."""
        word, before = self.view.words[back], self.view.word(back - 1)
        if word in {"of", "by"}:
            return False
        if word == "from":
            return before in {"suffering", "suffered", "recovering", "suffer", "recover", "bleeding"}
        return word != "for" or before in {"treated", "hospital", "surgery", "hospitalized", "care"}

    def _verb_left(self, index: int, verbs: frozenset[str]) -> int | None:
        for back in range(index - 1, max(index - 7, -1), -1):
            if self.view.words[back] in verbs:
                return back
            if self.view.words[back] in {";", "."}:
                return None
        return None

    def _fill_care(self, link: Link) -> None:
        view, index = self.view, link.index
        word = view.words[index]
        if word == "condition":
            if not {"critical", "stable", "serious", "fair", "grave", "guarded", "good"} & set(
                view.words[max(index - 3, 0) : index]
            ):
                return
            back = self._verb_left(index, _TAKEN | frozenset({"in", "died"}))
        elif word == "hospital":
            back = None
            for position in range(index - 1, max(index - 12, -1), -1):
                if view.words[position] in _BROUGHT:
                    back = position
                    break
        else:
            back = index
            right = self._right_group(link.end)
            if right is not None and not self._has_be(self._aux_start(index), index):
                link.groups = self._chain_right(right)
                return
        if back is None:
            return
        while back > 0 and view.words[back] in {"in", "is", "was", "are", "were"}:
            back -= 1
            if view.words[back] not in _TAKEN:
                back += 1
                break
        link.groups = self._subject(link, self._aux_start(back), adjacent=False, verb=back)

    def _fill_custody(self, link: Link) -> None:
        """ "took 12 into custody", "was taken hostage", "held five captive"."""
        view, index = self.view, link.index
        verbs = frozenset(
            {
                "taken",
                "took",
                "take",
                "taking",
                "takes",
                "held",
                "holding",
                "hold",
                "kept",
                "seized",
                "were",
                "was",
            }
        )
        back = self._verb_left(index, verbs)
        if back is None:
            return
        inside = [
            g
            for g in self.groups
            if back < g.start and max(g.end, g.tail) <= index and g.end >= index - 2
        ]
        if inside and view.words[back] not in {"were", "was"}:
            link.groups = self._chain_left(inside[-1])
            return
        link.groups = self._subject(link, self._aux_start(back), adjacent=False, verb=back)

    def _fill_flight(self, link: Link) -> None:
        """ "forced 3,000 families from their homes", "5,000 people fled their homes"."""
        view, index = self.view, link.index
        if view.word(index - 1) not in {"their", "his", "her"}:
            return
        back = self._verb_left(
            index,
            frozenset(
                {
                    "fled",
                    "flee",
                    "fleeing",
                    "left",
                    "leave",
                    "abandoned",
                    "abandon",
                    "forced",
                    "forcing",
                    "driven",
                    "drove",
                    "displaced",
                    "driving",
                    "from",
                    "lost",
                }
            ),
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

    # --- finding subjects and objects -----------------------------------------------------------

    def _aux_start(self, index: int) -> int:
        """First of the auxiliaries and adverbs that lead up to the word at `index`."""
        words, adverbs, have = self.view.words, self.context["adverbs"], self.context["have"]
        be = self.context["be"]
        start = index
        while start > 0:
            word = words[start - 1]
            if word in adverbs or word in be or word in have or word in self.context["possible"]:
                if word in self.lexicon.outcomes and any(
                    g.end == start - 1 and g.head is None for g in self.groups
                ):
                    break  # "3 killed, 2 wounded"
                start -= 1
            elif (
                word in {"and", "or"}
                and start > 1
                and words[start - 2] in self.lexicon.outcomes
                and words[start - 2] in adverbs
            ):
                start -= 2
            elif (
                word in {",", "to", "as"}
                and start > 1
                and (words[start - 2] in adverbs or words[start - 2] in be)
                and start < index
            ):
                if word == "to" and words[start] not in {"be", "have"}:
                    break
                start -= 1
            else:
                break
        return start

    def _has_be(self, start: int, index: int) -> bool:
        return any(word in self.context["be"] for word in self.view.words[start:index])

    def _right_group(self, position: int) -> Group | None:
        """The group that opens at `position`, adverbs and the like passed over."""
        view = self.view
        limit = position + 4
        while position < min(limit, view.size):
            for group in self.groups:
                if group.start <= position < group.end:
                    return group
            word = view.words[position]
            if (
                word in {"a", "an", "the", "down", "up", "further"}
                or word in self.context["adverbs"]
            ):
                if (
                    word in self.context["be"]
                    or word in self.context["have"]
                    or word in self.lexicon.outcomes
                ):
                    return None
                position += 1
                continue
            return None
        return None

    def _parsed_object(self, index: int) -> Group | None:
        view = self.view
        if not view.is_parsed:
            return None
        for child in view.tokens[index].rights:
            if child.dep_ == "dobj":
                return self._group_at(view.local.get(child.i))
        return None

    def _group_at(self, index: int | None) -> Group | None:
        if index is None:
            return None
        for group in self.groups:
            if group.start <= index < group.end:
                return group
        return None

    def _subject(
        self, link: Link, start: int, *, adjacent: bool, verb: int | None = None
    ) -> list[Group]:
        """Those before the word: by the parse, else the nearest group that can be meant."""
        index = link.index if verb is None else verb
        near = self._nearest_left(start)
        if adjacent:
            # a reduced passive ("14 soldiers killed in"): it must touch, or follow a comma
            gap = 99 if near is None else start - max(near.end, near.tail)
            if near is not None and (gap <= 0 or self._only_modifiers(near, start)):
                return self._chain_left(near)
            parsed = self._parsed_noun(index)
            return self._chain_between(parsed, start) if parsed is not None else []
        parsed = self._parsed_subject(index)
        if near is not None and parsed is not None and self._abuts(near, parsed, start):
            parsed = near
        if parsed is not None and parsed.is_part and near is not None and not near.is_part:
            parsed = near
        if parsed is not None and parsed.start < start and parsed is not near:
            return self._chain_between(parsed, start)
        if near is None or (near is not parsed and self._is_blocked(near, start)):
            return []
        return self._chain_left(near)

    def _abuts(self, near: Group, parsed: Group, start: int) -> bool:
        """Whether the nearest group, right before the word, opens a clause of its own."""
        if near is parsed or near.is_partitive or start - max(near.end, near.tail) > 0:
            return False
        if near.start < max(parsed.end, parsed.tail):
            return False
        listed = any(group is near for group in self._chain_right_until(parsed, start))
        before = self.view.word(near.start - 1)
        return not listed and before in {"and", ",", ";", "that", "while", "but", '"', "“"}

    def _only_modifiers(self, group: Group, start: int) -> bool:
        """A comma, a place or a date between a group and a reduced passive."""
        end = max(group.end, group.tail)
        for part in self.groups:
            if part.is_part and part.start >= end and part.end <= start:
                end = max(part.end, part.tail)
        gap = self.view.words[end:start]
        if all(word in {",", "who", "that", "-", "–", "—"} for word in gap):
            return len(gap) <= 1 or "who" in gap
        return False

    def _nearest_left(self, start: int) -> Group | None:
        best = None
        reach = MAX_SUBJECT_GAP
        for group in self.groups:
            if group.end > start:
                break
            if group.is_part and self.view.word(max(group.tail, group.end)) not in _RELATIVES:
                reach += group.end - group.start + 2
                continue
            best = group if start - max(group.tail, group.end) <= reach else None
        return best

    def _is_blocked(self, group: Group, start: int) -> bool:
        """Another clause between the group and the word."""
        words = self.view.words
        for position in range(max(group.tail, group.end), start):
            word = words[position]
            if word in {";", ":"} or word in DASHES:
                return True
            if word == "the" and self.view.word(position + 1) in self.lexicon.outcomes:
                return True  # "the wounded were taken to hospital"
            entry = self.lexicon.outcomes.get(word)
            if entry is not None and entry.shape in {"ed", "base", "ing", "die"}:
                # "people wounded in the blast died": a reduced clause may stand between
                if word in self.context["adverbs"] or self.view.tags[position] in {"VBN", ""}:
                    continue
                return True
        return False

    def _parsed_subject(self, index: int) -> Group | None:
        view = self.view
        if not view.is_parsed:
            return None
        token = view.tokens[index]
        for _ in range(4):
            for child in token.lefts:
                if child.dep_ in _SUBJECT_LABELS:
                    if child.lower_ in _RELATIVES and token.dep_ == "relcl":
                        return self._group_at(view.local.get(token.head.i))
                    return self._group_at(view.local.get(child.i))
            if token.dep_ in {"acl", "relcl"}:
                return self._group_at(view.local.get(token.head.i))
            if (
                token.dep_
                not in {
                    "conj",
                    "xcomp",
                    "acomp",
                    "oprd",
                    "prep",
                    "pobj",
                    "advcl",
                    "attr",
                    "ccomp",
                    "dobj",
                    "compound",
                    "amod",
                }
                or token.head.i == token.i
            ):
                return None
            if token.dep_ == "conj" and token.head.i > token.i:
                return None
            token = token.head
            if token.i not in view.local:
                return None
        return None

    def _parsed_noun(self, index: int) -> Group | None:
        view = self.view
        if not view.is_parsed:
            return None
        token = view.tokens[index]
        if token.dep_ in {"acl", "amod", "relcl"} and token.head.i < token.i:
            return self._group_at(view.local.get(token.head.i))
        for child in token.lefts:
            if child.dep_ == "nsubjpass" or (child.dep_ == "nsubj" and token.tag_ in {"JJ", "VBN"}):
                return self._group_at(view.local.get(child.i))
        return None

    def _possessor(self, index: int) -> list[Group]:
        view = self.view
        if view.word(index - 1) in {"his", "her"}:
            return [
                Group(
                    index - 1,
                    index,
                    "pronoun",
                    1,
                    1,
                    head=index - 1,
                    words=view.words[index - 1],
                    is_definite=True,
                )
            ]
        for group in self.groups:
            if group.end == index - 1 and group.low is not None:
                return [group]
        return []

    # --- lists --------------------------------------------------------------------------------------

    def _chain_right(self, group: Group) -> list[Group]:
        """`group` and those listed after it, as long as they have no outcome word of their own.

        A comma alone joins only inside a list that an "and" closes.
        """
        chain = [group]
        closed = 1
        at = self.groups.index(group)
        for following in self.groups[at + 1 :]:
            gap = self.view.words[max(chain[-1].tail, chain[-1].end) : following.start]
            if not gap_joins(gap) or following.is_partitive or self._has_own_word(following):
                break
            if following.is_part and not group.is_part:
                break
            chain.append(following)
            if gap[-1:] != [","]:
                closed = len(chain)
        return chain[:closed]

    def _has_own_word(self, group: Group) -> bool:
        """ "killing five and 10 wounded": an outcome word right after it is its own."""
        end = max(group.tail, group.end)
        position = end
        while position < min(end + 5, self.view.size):
            word = self.view.words[position]
            entry = self.lexicon.outcomes.get(word)
            if entry is not None and entry.shape in {"ed", "die", "adj"}:
                return True
            if (
                word not in self.context["adverbs"]
                and word not in self.context["be"]
                and word not in self.context["have"]
            ):
                return False
            position += 1
        return False

    def _chain_left(self, group: Group) -> list[Group]:
        chain = [group]
        at = self.groups.index(group)
        if group.is_partitive or (group.sort == "number" and group.head is None):
            return chain
        for earlier in reversed(self.groups[:at]):
            gap = self.view.words[max(earlier.tail, earlier.end) : chain[0].start]
            if not gap or not gap_joins(gap) or earlier.is_partitive or earlier.is_part:
                break
            if gap == [","] and len(chain) == 1 and not self._is_list_before(earlier):
                break
            chain.insert(0, earlier)
        return chain

    def _is_list_before(self, group: Group) -> bool:
        """A lone comma joins only inside a longer list ("A, B and C")."""
        return group.sort in {"name", "one", "number"} and False

    def _chain_between(self, group: Group, start: int) -> list[Group]:
        """`group` and those listed after it before `start`."""
        return [g for g in self._chain_right_until(group, start) if g.end <= start]

    def _chain_right_until(self, group: Group, start: int) -> list[Group]:
        chain = [group]
        at = self.groups.index(group)
        for following in self.groups[at + 1 :]:
            if following.end > start or following.is_partitive or following.is_part:
                break
            gap = self.view.words[max(chain[-1].tail, chain[-1].end) : following.start]
            if not gap_joins(gap):
                break
            chain.append(following)
        return chain

    def _add_elliptical(self, link: Link) -> None:
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
            if (others or joint != ["and"]) and not self._starts_clause(end):
                link.groups.extend(self._chain_right(group))

    def _starts_clause(self, end: int) -> bool:
        """Whether a predicate follows: the group before it has its own."""
        rest = self.view.words[end : end + 4]
        if any(word in self.context["be"] or word in self.context["have"] for word in rest):
            return True
        entries = (self.lexicon.outcomes.get(word) for word in self.view.words[end:])
        return any(entry is not None and entry.shape in {"ed", "die", "adj"} for entry in entries)

    def _inherit(self, link: Link, earlier: Link) -> None:
        """ "was shot and later died": the second word is said of the first one's people."""
        gap = self.view.words[earlier.end : link.index]
        if (link.shape == "die" and len(gap) <= 8 and "and" in gap) or (
            "but" in gap and len(gap) <= 8
        ):
            if all(g.start >= link.end or g.end <= earlier.end for g in self.groups):
                link.groups = list(earlier.groups)


def _near_outcome(view: SentenceView, index: int, lexicon: CasualtyLexicon) -> bool:
    """ "fatally shot", "shot him fatally" are read at the verb; "one fatally" is not."""
    return view.word(index + 1) in lexicon.outcomes or view.word(index - 1) in lexicon.outcomes


_BESIDES = (
    ["and"], ["along", "with"], ["as", "well", "as"], ["together", "with"], ["alongside"], ["plus"],
)  # fmt: skip
_DEGREES = frozenset(
    """threatening serious seriously critically gravely severely severe major critical other others
    further additional new yet american americans""".split()
)
_FOUND = frozenset(
    """found discovered recovered retrieved pulled dumped located unearthed exhumed identified
    pronounced declared feared presumed believed reported lying confirmed left leaving leaves dumped
    brought collected""".split()
)
