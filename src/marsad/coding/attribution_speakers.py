"""Speakers: the name to show for a source, and what kind of source it is.

Reads   doc._.actors where they are, else names and pronouns in the text.
Writes  nothing.

Pronouns and place-holders ("the ministry", "the group", a surname) take the name
of the last source that fits; the span stays where the words are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from marsad.coding.attribution_lexicon import role_nouns, source_kinds
from marsad.coding.attribution_reading import Reading
from marsad.coding.mentions import ActorMention
from marsad.records import ActorKind, SourceKind

MAX_NAME_TOKENS = 9
_HE = frozenset({"he", "him", "his", "she", "her"})
_THEY = frozenset({"they", "them", "their", "it", "its", "we", "us", "our"})
_SELF = frozenset(
    {"i", "me", "my", "you", "your", "who", "which", "that", "one", "someone", "this"}
)
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "these", "those"})
# Words a neutral display name leaves out.
_CHARGED = frozenset({"terrorist", "terrorists", "martyr", "so-called", "notorious"})
_PERSON_WORDS = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "minister", "president", "governor", "mayor"}
    | {"general", "colonel", "chief", "commander", "official", "officer", "doctor", "lawyer"}
    | {"leader", "director", "head", "man", "woman", "secretary", "senator", "witness", "resident"}
    | {"journalist", "ambassador", "envoy", "captain", "major", "lieutenant", "judge"}
    | {"prosecutor", "imam", "priest", "analyst", "expert", "activist", "sheriff", "premier"}
)
ACTOR_TO_SOURCE: dict[ActorKind, SourceKind] = {
    "government": "government",
    "military": "military",
    "police": "police",
    "intelligence": "official",
    "armed-group": "armed-group",
    "militia": "armed-group",
    "criminal": "armed-group",
    "unidentified-armed": "armed-group",
    "civilian": "witness",
    "protester": "witness",
    "rioter": "witness",
    "journalist": "media",
    "medical": "medical",
    "aid-worker": "ngo",
    "religious": "other",
    "political": "other",
    "judicial": "official",
    "international": "official",
    "monitor": "monitor",
    "ngo": "ngo",
    "media": "media",
    "other": "other",
}


@dataclass(frozen=True)
class Speaker:
    """Who a source is: display name, kind, index into doc._.actors."""

    name: str
    kind: SourceKind
    actor: int | None
    person: bool
    keys: frozenset[str]  # lower-case words a later short form may use


class SpeakerBook:
    """The speakers met so far in one doc, for those named by less than their name."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.actors: Sequence[ActorMention] = doc._.actors or ()
        self._starts: dict[int, int] = {}
        for index, actor in enumerate(self.actors):
            for token in range(actor["start"], actor["end"]):
                self._starts.setdefault(token, index)
        self.met: list[Speaker] = []

    def identify(self, reading: Reading) -> Speaker:
        """The speaker of `reading`; call in text order. Remembers named ones."""
        start, end = reading.source
        words = [t.lower_ for t in self.doc[start:end]]
        actor = self._actor_at(reading.head)
        speaker = self._from_words(reading, words, actor)
        if speaker.keys:
            self.met.append(speaker)
        return speaker

    def _actor_at(self, head: int) -> int | None:
        return self._starts.get(head)

    def _from_words(self, reading: Reading, words: list[str], actor: int | None) -> Speaker:
        start, end = reading.source
        if len(words) == 1 and words[0] in _HE | _THEY | _SELF:
            return self._pronoun(words[0], actor, start)
        kind = kind_of(words)
        resolved = self._resolve(actor)
        if kind is None and resolved is not None:
            mention = self.actors[resolved]
            kind = mention.get("source_kind") or ACTOR_TO_SOURCE[mention["kind"]]
        earlier = self._short_form(words, reading.head)
        if earlier is not None:
            return Speaker(
                earlier.name, earlier.kind, earlier.actor or actor, earlier.person, earlier.keys
            )
        name = display_name(self.doc, start, end, reading.head)
        if resolved is not None and resolved != actor and self._is_bare(words):
            name = self.actors[resolved]["name"]
        head = self.doc[reading.head]
        person = head.ent_type_ == "PERSON" or any(w in _PERSON_WORDS for w in words)
        if head.ent_type_ == "PERSON" and kind is None:
            kind = "other"
        keys = frozenset(w for w in words if len(w) > 2 and w not in _ARTICLES and w.isalpha())
        return Speaker(
            name, kind or "other", resolved if resolved is not None else actor, person, keys
        )

    def _resolve(self, actor: int | None) -> int | None:
        """Follow antecedents to the first mention of the party."""
        for _ in range(len(self.actors)):
            if actor is None:
                return None
            before = self.actors[actor]["antecedent"]
            if before is None or before == actor or not 0 <= before < len(self.actors):
                return actor
            actor = before
        return actor

    def _pronoun(self, word: str, actor: int | None, start: int) -> Speaker:
        resolved = self._resolve(actor)
        if word in _SELF:
            return Speaker(self.doc[start].text, "other", actor, True, frozenset())
        wants_person = word in _HE
        for speaker in reversed(self.met[-6:]):
            if speaker.person or not wants_person:
                return Speaker(
                    speaker.name, speaker.kind, speaker.actor, speaker.person, frozenset()
                )
        if resolved is not None and resolved != actor:
            mention = self.actors[resolved]
            kind = mention.get("source_kind") or ACTOR_TO_SOURCE[mention["kind"]]
            return Speaker(mention["name"], kind, resolved, wants_person, frozenset())
        return Speaker(self.doc[start].text, "other", actor, wants_person, frozenset())

    def _is_bare(self, words: list[str]) -> bool:
        return sum(1 for w in words if w not in _ARTICLES and w.isalpha()) <= 2

    def _short_form(self, words: list[str], head: int) -> Speaker | None:
        """ "the ministry", "Abdulrahman" after their full names."""
        content = [w for w in words if w not in _ARTICLES and w.isalpha()]
        if not content or len(content) > 2:
            return None
        definite = words[0] in _ARTICLES and words[0] not in {"a", "an"}
        if not definite and self.doc[head].pos_ != "PROPN":
            return None
        for speaker in reversed(self.met):
            if len(speaker.keys) > len(content) and all(w in speaker.keys for w in content):
                return speaker
        return None


def kind_of(words: Sequence[str]) -> SourceKind | None:
    """The kind of source lower-case `words` name, or None.

    Phrases ("health ministry") are read before single words; among single words
    the last decides, so "army doctor" is medical; what follows a comma or a
    preposition only counts when nothing before it does.
    """
    kinds = source_kinds()
    head_part = list(words)
    for index, word in enumerate(words):
        if index and word in {",", "of", "for", "from", "in", "at", "who", "(", "to", "with"}:
            head_part = list(words[:index])
            break
    for part in (head_part, list(words)):
        for size in (4, 3, 2):
            for start in range(len(words) - size, -1, -1):
                found = kinds.get("_".join(words[start : start + size]))
                if found is not None:
                    return found
        for word in reversed(part):
            found = kinds.get(word)
            if found is not None:
                return found
    return None


def display_name(doc: Doc, start: int, end: int, head: int) -> str:
    """Short name for a source phrase: name plus office, at most nine words, neutral.

    "Mohammed X, interior minister in the new administration" -> "Mohammed X,
    interior minister".
    """
    while start < head and doc[start].lower_ in _ARTICLES:
        start += 1
    stop = min(end, start + MAX_NAME_TOKENS)
    for index in range(head + 1, stop):
        word = doc[index]
        if word.text in {"(", "-", "–", "—", ";", ":"} or word.lower_ in {"who", "which", "that"}:
            stop = index
            break
        if word.text == "," and index > head + 1 and any(t.text == "," for t in doc[head:index]):
            stop = index
            break
        if word.dep_ == "prep" and any(t.text == "," for t in doc[head:index]):
            stop = index
            break
    words = [t for t in doc[start:stop] if t.lower_ not in _CHARGED]
    text = "".join(t.text_with_ws for t in words).strip(" ,")
    text = text.replace(", the ", ", ").replace(", a ", ", ")
    return text or doc[head].text


def is_occurrence(word: str) -> bool:
    """Whether a lower-case noun names something that cannot speak ("blast")."""
    return word in role_nouns("occurrence")
