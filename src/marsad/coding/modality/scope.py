"""Which words have an event in their scope: the walk up the parse from the trigger.

Reads   the dependency parse.
Writes  nothing; returns the findings of modality on the way, nearest first.
Never   looks at dates, courts apart: see modality.

The walk goes from the trigger's head to the root. While the event's own occurrence is at stake
(reach "full") each word on the way may tell of it, by its negation, auxiliaries, condition and
adverbs (its mood) or as a governor (a cue such as "deny", "plan to", "risk of"). Past a word that
takes the event for granted ("condemned the attack") only courts are looked for (reach "court").
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from marsad.coding.mentions import Trigger
from marsad.coding.modality.cues import Cue, Finding, ModalityCues, load_cues
from marsad.coding.modality.governors import carries, find_governing, has_means, step_up
from marsad.coding.modality.mood import Clue, find_negation, read_content_mood, read_mood
from marsad.coding.times.hosts import MAX_CLIMB, load_hosts

# Prepositions that tie an outcome to its event: the mood of one holds for the other.
TIES = frozenset({"in", "by", "during", "from", "as", "amid", "with"})
_CAUSING = frozenset(
    {"trigger", "spark", "provoke", "cause", "generate", "lead", "intensify", "ignite", "prompt"}
)
# Whoever only drove somewhere to arrest a man has not arrested him yet.
_JOURNEYS = frozenset({"drive", "walk"})
GRANTED = frozenset({"relcl", "appos", "poss"})


@dataclass
class _Walk:
    """The walk up from a trigger, and the clues it has met."""

    token: Token
    trigger: Trigger
    heads: frozenset[int]
    cues: ModalityCues
    clues: list[Clue]
    reach: str = "full"
    ties: bool = False  # past a tie: negation no longer holds

    def step(self) -> bool:
        """Go one step up; False at the top, or where nothing more can be in scope."""
        up = step_up(self.token)
        if up is None or self.reach == "stop":
            return False
        child, self.token, relation, between = up
        if relation == "conj":
            self._pass_conjunction(child)
            return True
        full = self.reach == "full"
        if full and between is not None and between.lower_ == "without":
            self._add("denied", between, '"without" takes the event away')
        governed = find_governing(self.token, relation, child, self.cues)
        for cue in governed:
            if cue.finding.startswith("court"):
                self._add(cue.finding, self.token, f'a court matter: "{self.token.text}"')
            elif full:
                self._note_cue(cue, child)
        if full:
            own = [cue for cue in governed if not cue.finding.startswith("court")]
            self._pass(child, relation, between, own, bool(governed))
        elif relation == "that" and self._is_saying() and not governed:
            self.reach = "stop"
        return True

    def _pass(
        self, child: Token, relation: str, between: Token | None, own: list[Cue], governed: bool
    ) -> None:
        """Read the governor's mood where it is the event's, and settle how far one sees on."""
        token, heads = self.token, self.heads
        if relation == "purpose" and not governed:
            self._note_purpose(child)
            self.reach = "court"
            return
        tried = relation == "inf" and token.lemma_.lower() in self.cues.attempts
        if tried and self.trigger["role"] == "harm":
            self._add("hypothetical", token, f'"{token.text}": an attempt, not an outcome')
        if relation == "subj" and token.lemma_.lower() in _CAUSING and not _is_open(child):
            self.reach = "court"  # "the raid could spark reprisals": the raid took place
        elif own or carries(token, relation, self.cues) or relation in {"that", "inf"}:
            self._pass_content(child, relation, own)
        elif relation == "compound" and token.i in heads:
            self._read_mood()
        elif between is not None and between.lower_ in TIES and token.i in heads:
            self.ties = True
            self._read_mood()
        elif relation == "subj" and _is_open(child):
            mood = read_mood(token, self.trigger, ties=self.ties)
            self.clues.extend(clue for clue in mood if clue.finding != "denied")
            self.reach = "court"
        else:
            self.reach = "court"

    def _pass_content(self, child: Token, relation: str, own: list[Cue]) -> None:
        if relation in GRANTED or relation == "advcl":
            self.reach = "court"
        elif relation == "that" and child.dep_ == "ccomp":
            self.clues.extend(read_content_mood(self.token, self.trigger))
            if self._is_saying() and not own:
                self.reach = "court"
        elif not own or own[0].finding in {"alleged", "hypothetical", "planned"}:
            self._read_mood(governing=relation in {"that", "inf"} or bool(own))

    def _pass_conjunction(self, child: Token) -> None:
        """From a second conjunct to the first: shared mood holds, an own subject ends it."""
        full = self.reach == "full"
        own = any(c.dep_ in _OWN_CLAUSE for c in child.children)
        if child.pos_ in {"VERB", "AUX"} and own:
            self.reach = self.reach if full else "stop"
        elif full:
            turned = any(c.dep_ == "cc" and c.lower_ in {"but", "yet"} for c in self.token.children)
            mood = read_mood(self.token, self.trigger, ties=self.ties)
            self.clues.extend(c for c in mood if c.finding != "denied" or not turned)

    def _note_cue(self, cue: Cue, child: Token) -> None:
        """Add the clue of a governing cue, turned round by a negation on it."""
        token, word = self.token, self.token.text
        negated = find_negation(token)
        if cue.finding == "denied" and self._is_prevented(child):
            self.clues.pop()  # "failed to prevent the attack"
        elif negated is None:
            reason = f'"{word}" puts it as {cue.finding}'
            self.clues.append(Clue(cue.finding, token.i, reason, governs=True))
        elif cue.finding == "denied":
            self._add("alleged", token, f'"{negated.text} {word}": not denied, not affirmed')
        elif token.lemma_.lower() in self.cues.preventers:
            pass  # "could not stop the attack": it took place
        elif cue.finding != "historical":
            self._add("denied", negated, f'"{negated.text} {word}": not even {cue.finding}')

    def _is_prevented(self, child: Token) -> bool:
        """Whether the last clue is that `child` prevents the event."""
        last = self.clues[-1] if self.clues else None
        prevents = child.lemma_.lower() in self.cues.preventers
        return (
            last is not None
            and prevents
            and (last.token, last.finding) == (child.i, "hypothetical")
        )

    def _note_purpose(self, verb: Token) -> None:
        """ "deployed to arrest": a purpose is no deed, unless the means already are the deed."""
        governor = self.token
        lemma = governor.lemma_.lower()
        journey = lemma in _JOURNEYS and self.trigger["event_type"] == "arrest"
        went_on = lemma == "go" and any(c.lower_ in {"on", "far"} for c in governor.children)
        done = (
            went_on
            or (lemma in self.cues.done_purposes and not journey)
            or verb.lemma_.lower() in self.cues.outcomes
            or has_means(governor, self.cues)
            or self.trigger["event_type"] == "peaceful-protest"
        )
        if not done:
            self._add("planned", verb, f'a purpose of "{governor.text}", not said to be done')

    def _is_saying(self) -> bool:
        return self.token.lower_ in load_hosts()["say"]

    def _read_mood(self, *, governing: bool = False) -> None:
        mood = read_mood(self.token, self.trigger, ties=self.ties, governing=governing)
        self.clues.extend(mood)

    def _add(self, finding: Finding, token: Token, reason: str) -> None:
        self.clues.append(Clue(finding, token.i, reason))


_OWN_CLAUSE = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "expl"})


def find_clues(doc: Doc, trigger: Trigger, heads: frozenset[int]) -> list[Clue]:
    """The clues in whose scope `trigger` stands, nearest first.

    `heads` are the heads of all triggers, so that events in compounds ("bomb attack") are known.
    """
    token = doc[trigger["head"]]
    clues = list(read_mood(token, trigger))
    walk = _Walk(token, trigger, heads, load_cues(), clues)
    for _ in range(MAX_CLIMB):
        if not walk.step():
            break
    return _settle(walk.clues)


def _is_open(noun: Token) -> bool:
    """A subject not presented as known: "any attack would", "attacks could", "an attack will"."""
    return noun.pos_ in {"NOUN", "PROPN"} and not any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ not in {"a", "an", "any", "no", "some"})
        for c in noun.children
    )


def _settle(clues: list[Clue]) -> list[Clue]:
    """Without doubles: the first clue of each kind, in order."""
    seen: set[Finding] = set()
    kept: list[Clue] = []
    for clue in clues:
        if clue.finding not in seen:
            seen.add(clue.finding)
            kept.append(clue)
    return kept
