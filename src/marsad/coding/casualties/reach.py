"""Reach: find the subject or the object that an outcome word is said of.

Reads   a `SentenceView` with its groups; heads and labels when it was parsed.
Writes  nothing.

The parse is asked first; where it gives no group (headlines, capitals, sentences
left unparsed) the nearest group in the place the word's shape calls for is taken.
Coordinated groups come along; a part of another group ("three of them") does not.
"""

from __future__ import annotations

from marsad.coding.casualties.chains import Chains
from marsad.coding.casualties.view import DASHES, Group, Link
from marsad.coding.parse import said_of

_CLAUSE_OPENERS = frozenset({"", ";", ",", "and", "but", "that", "—", "–", ":"})
MAX_SUBJECT_GAP = 14  # tokens between a subject and its outcome word, without a parse


class Reach(Chains):
    """Finding in one sentence; indices are local to it."""

    def aux_start(self, index: int) -> int:
        """First of the auxiliaries and adverbs that lead up to the word at `index`."""
        words, adverbs, have = self.view.words, self.context["adverbs"], self.context["have"]
        be = self.context["be"]
        start = index
        while start > 0:
            word = words[start - 1]
            if word == "both" and self.view.word(start - 2) in _CLAUSE_OPENERS:
                break  # "...; both were pronounced dead": the subject itself
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

    def has_be(self, start: int, index: int) -> bool:
        """Whether a form of "be" or "get" stands in words[start:index]."""
        return any(word in self.context["be"] for word in self.view.words[start:index])

    def right_group(self, position: int) -> Group | None:
        """The group that opens at `position`, adverbs and the like passed over."""
        view = self.view
        limit = position + 4
        while position < min(limit, view.size):
            for group in self.groups:
                if group.start <= position < group.end:
                    # "burned the mayor's office": a thing of his
                    owns = view.word(group.end) in {"'s", "’s"} and group.sort != "name"
                    return None if owns else group
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

    def parsed_object(self, index: int) -> Group | None:
        """The direct object by the parse."""
        view = self.view
        if not view.is_parsed:
            return None
        for child in view.tokens[index].rights:
            if child.dep_ == "dobj":
                return self.group_at(view.local.get(child.i))
        return None

    def group_at(self, index: int | None) -> Group | None:
        """The group a token belongs to."""
        if index is None:
            return None
        for group in self.groups:
            if group.start <= index < group.end:
                return group
        return None

    def group_headed(self, index: int) -> Group | None:
        """The group whose noun is the outcome word itself ("nine deaths")."""
        for group in self.groups:
            if group.start <= index < group.end and group.head == index:
                return group
        return None

    def verb_left(self, index: int, verbs: frozenset[str]) -> int | None:
        """The nearest of `verbs` within six words before, in the same clause."""
        for back in range(index - 1, max(index - 7, -1), -1):
            if self.view.words[back] in verbs:
                return back
            if self.view.words[back] in {";", "."}:
                return None
        return None

    def subject(
        self, link: Link, start: int, *, adjacent: bool, verb: int | None = None
    ) -> list[Group]:
        """Those before the word: by the parse, else the nearest group that can be meant."""
        index = link.index if verb is None else verb
        near = self.nearest_left(start)
        if adjacent:
            # a reduced passive ("14 soldiers killed in"): it must touch, or follow a comma
            gap = 99 if near is None else start - max(near.end, near.tail)
            if near is not None and (gap <= 0 or self.only_modifiers(near, start)):
                return self.chain_left(near)
            parsed = self.parsed_noun(index)
            return self.chain_between(parsed, start) if parsed is not None else []
        parsed = self.parsed_subject(index)
        if near is not None and parsed is not None and self.abuts(near, parsed, start):
            parsed = near
        if parsed is not None and parsed.is_part and near is not None and not near.is_part:
            parsed = near
        if parsed is not None and parsed.is_partitive and self._is_added(near):
            parsed = near  # "20 were killed, 19 of them women, and 7 others were hurt"
        if parsed is not None and parsed.start < start and parsed is not near:
            listed = self.chain_left(near) if near is not None else []
            if any(group is parsed for group in listed):
                return listed  # "the driver, his wife and his son were hurt"
            if near is not None and self.is_object(parsed):
                return listed  # "arrested 14 students and three people were hurt"
            return self.chain_between(parsed, start)
        if near is None or (near is not parsed and self.is_blocked(near, start)):
            return []
        return self.chain_left(near)

    def _is_added(self, group: Group | None) -> bool:
        if group is None:
            return False
        return self.view.words[max(group.start - 2, 0) : group.start] == [",", "and"]

    def abuts(self, near: Group, parsed: Group, start: int) -> bool:
        """Whether the nearest group, right before the word, opens a clause of its own."""
        if near is parsed or near.is_partitive or start - max(near.end, near.tail) > 0:
            return False
        if near.start < max(parsed.end, parsed.tail):
            return False
        listed = any(group is near for group in self.chain_right_until(parsed, start))
        before = self.view.word(near.start - 1)
        return not listed and before in {"and", ",", ";", "that", "while", "but", '"', "“"}

    def only_modifiers(self, group: Group, start: int) -> bool:
        """A comma, a place or a date between a group and a reduced passive."""
        end = max(group.end, group.tail)
        for part in self.groups:
            if part.is_part and part.start >= end and part.end <= start:
                end = max(part.end, part.tail)
        gap = self.view.words[end:start]
        if all(word in {",", "who", "that", "-", "–", "—"} for word in gap):
            return len(gap) <= 1 or "who" in gap
        return False

    def nearest_left(self, start: int) -> Group | None:
        """The last group that ends before `start`, parts left out."""
        best = None
        reach = MAX_SUBJECT_GAP
        for group in self.groups:
            if group.end > start:
                break
            if (
                group.is_part
                and self.view.word(max(group.tail, group.end)) not in self.link["relatives"]
            ):
                reach += group.end - group.start + 2
                continue
            best = group if start - max(group.tail, group.end) <= reach else None
        return best

    def is_blocked(self, group: Group, start: int) -> bool:
        """Another clause between the group and the word."""
        words = self.view.words
        for position in range(max(group.tail, group.end), start):
            word = words[position]
            if word in {";", ":"} or word in DASHES:
                return True
            if word == "that" and words[position - 1] in self.link["says"]:
                return True  # "several outlets reported that there were injured"
            if word == "the" and self.view.word(position + 1) in self.lexicon.outcomes:
                return True  # "the wounded were taken to hospital"
            entry = self.lexicon.outcomes.get(word)
            if entry is not None and entry.shape in {"ed", "base", "ing", "die"}:
                # "people wounded in the blast died": a reduced clause may stand between
                tag = self.view.tags[position]
                if word in self.context["adverbs"] or tag in {"VBN", ""} or tag[:2] == "NN":
                    continue
                return True
        return False

    def parsed_subject(self, index: int) -> Group | None:
        """The subject by the parse, looked for up to three heads above."""
        view = self.view
        if not view.is_parsed:
            return None
        token = view.tokens[index]
        for _ in range(4):
            for child in token.lefts:
                if child.dep_ in {"nsubjpass", "nsubj"}:
                    if child.lower_ in self.link["relatives"] and token.dep_ == "relcl":
                        return self.group_at(view.local.get(token.head.i))
                    return self.group_at(view.local.get(child.i))
            if token.dep_ in {"acl", "relcl"}:
                return self.group_at(view.local.get(token.head.i))
            said = said_of(token)
            if said is not None:
                return self.group_at(view.local.get(said.i))
            if (
                token.dep_
                not in {
                    "conj",
                    "xcomp",
                    "acomp",
                    "oprd",
                    "pcomp",
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

    def parsed_noun(self, index: int) -> Group | None:
        """The noun that a reduced clause or participle hangs on."""
        view = self.view
        if not view.is_parsed:
            return None
        token = view.tokens[index]
        if token.dep_ in {"acl", "amod", "relcl"} and token.head.i < token.i:
            return self.group_at(view.local.get(token.head.i))
        for child in token.lefts:
            if child.dep_ == "nsubjpass" or (child.dep_ == "nsubj" and token.tag_ in {"JJ", "VBN"}):
                return self.group_at(view.local.get(child.i))
        return None

    def possessor(self, index: int) -> list[Group]:
        """Whose death: "his", "her", "the officer's"."""
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

    def doer(self, link: Link, victims: list[Group]) -> list[Group]:
        """Who "himself" or "his own" is: the subject, else the nearest single person before.

        Not one of `victims` of the sentence: then only the pronoun tells.
        """
        free = [g for g in self.groups if not any(g is victim for victim in victims)]
        parsed = self.parsed_subject(link.index)
        if parsed is not None and parsed.low is not None and any(g is parsed for g in free):
            return [parsed]
        before = [g for g in free if g.end <= link.index and g.is_single]
        selves = [g for g in self.groups if g.words in self.link["self"] and g.start >= link.index]
        alone = [g for g in link.groups if g.is_single] if not victims else []
        return before[-1:] or selves[:1] or alone[:1]

    def bare_left(self, index: int) -> bool:
        """ "3 killed 2 wounded": a bare number right before the word is what it is said of."""
        return any(g.end == index and g.sort == "number" and g.head is None for g in self.groups)
