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

from marsad.codebook.actors import SOURCE_OF_KIND
from marsad.codebook.words import load_common_words
from marsad.coding.attribution.blame import accused
from marsad.coding.attribution.lexicon import role_nouns, source_kinds
from marsad.coding.attribution.reading import Reading
from marsad.coding.casing import unshout
from marsad.coding.mentions import ActorMention
from marsad.records import SourceKind

MAX_NAME_TOKENS = 11
MAX_ACRONYM = 6
# So far from his last words a speaker is still meant by "he said", "they stated".
GOES_ON_TOKENS = 45
_HE = frozenset({"he", "him", "his", "she", "her"})
_THEY = frozenset({"they", "them", "their", "it", "its", "we", "us", "our"})
_SELF = frozenset(
    {"i", "me", "my", "you", "your", "who", "which", "that", "one", "someone", "this"}
)
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "these", "those"})
# Where the head of a source phrase ends and what describes it begins.
_HEAD_ENDS = frozenset(
    {",", "of", "for", "from", "in", "at", "who", "(", "to", "with", "on", "by", "near"}
    | {"posted", "shared", "released", "published", "circulated", "circulating", "broadcast"}
)
_ISSUED = frozenset({"statement", "communique", "communiqué", "release", "letter", "bulletin"})
# Words a neutral display name leaves out.
_TITLES = frozenset(
    {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "gen", "gen.", "col", "col.", "maj"}
    | {"maj.", "lt", "lt.", "capt", "capt.", "sgt", "sgt.", "sen", "sen.", "gov", "gov.", "rep"}
    | {"rep.", "sheikh", "president", "minister", "general", "colonel", "sheriff", "chief"}
)
_CHARGED = frozenset({"terrorist", "terrorists", "martyr", "so-called", "notorious"})
_PERSON_WORDS = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "minister", "president", "governor", "mayor"}
    | {"general", "colonel", "chief", "commander", "official", "officer", "doctor", "lawyer"}
    | {"leader", "director", "head", "man", "woman", "secretary", "senator", "witness", "resident"}
    | {"journalist", "ambassador", "envoy", "captain", "major", "lieutenant", "judge"}
    | {"prosecutor", "imam", "priest", "analyst", "expert", "activist", "sheriff", "premier"}
)


@dataclass(frozen=True)
class Speaker:
    """Who a source is: display name, kind, index into doc._.actors."""

    name: str
    kind: SourceKind
    actor: int | None
    person: bool
    keys: frozenset[str] = frozenset()  # lower-case words a later short form may use


class SpeakerBook:
    """The speakers met so far in one doc, for those named by less than their name."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.actors: Sequence[ActorMention] = doc._.actors or ()
        self._actor_of: dict[int, int] = {}
        for index, actor in enumerate(self.actors):
            for token in range(actor["start"], actor["end"]):
                self._actor_of.setdefault(token, index)
        self._by_actor: dict[int, Speaker] = {}
        self.met: list[Speaker] = []
        self._last: tuple[Speaker, Reading] | None = None  # who spoke last, and what

    def identify(self, reading: Reading) -> Speaker:
        """The speaker of `reading`; call in text order. Remembers named ones."""
        speaker = self._identify(reading)
        self._last = speaker, reading
        return speaker

    def _identify(self, reading: Reading) -> Speaker:
        start, end = reading.source
        words = [t.lower_ for t in self.doc[start:end]]
        while words and words[-1] in {"who", "which", ","}:
            words.pop()
        root = self._root(self._actor_of.get(reading.head))
        known = self._by_actor.get(root) if root is not None else None
        if known is not None and self._is_short(words):
            return known
        if len(words) == 1 and words[0] in _HE | _THEY | _SELF:
            return self._pronoun(words[0], root, start)
        speaker = self._short_form(words, reading.head) if known is None else None
        if speaker is None:
            speaker = self._named(reading, words, root)
        self.met.append(speaker)
        if root is not None:
            self._by_actor.setdefault(root, speaker)
        return speaker

    def blamed(self, reading: Reading) -> list[int]:
        """Indexes into doc._.actors of who is said to have done it: "blamed X for the bombing".

        Empty where the cue is no accusation or names nobody.
        """
        if reading.sense.klass != "accusation":
            return []
        cue = self.doc[reading.cue[0]]
        found: list[int] = []
        for token in accused(cue):
            actor = self._actor_of.get(token.i)
            if actor is not None and actor not in found:
                found.append(actor)
        return found

    def _root(self, actor: int | None) -> int | None:
        """Follow antecedents to the first mention of the party."""
        for _ in range(len(self.actors)):
            if actor is None:
                return None
            before = self.actors[actor]["antecedent"]
            if before is None or before == actor or not 0 <= before < len(self.actors):
                return actor
            actor = before
        return actor

    def _is_short(self, words: Sequence[str]) -> bool:
        """No more than a pronoun, a definite noun or a surname: the earlier name says more."""
        content = [w for w in words if w not in _ARTICLES and w not in _TITLES and w.isalpha()]
        return len(content) <= 2

    def _named(self, reading: Reading, words: list[str], root: int | None) -> Speaker:
        head = self.doc[reading.head]
        name = display_name(self.doc, reading.source[0], reading.source[1], reading.head)
        kind = kind_of(words)
        person = head.ent_type_ == "PERSON" or any(w in _PERSON_WORDS for w in words)
        if root is not None:
            party = self.actors[root]
            spoken = party.get("source_kind") or SOURCE_OF_KIND[party["kind"]]
            listed = party["actor_id"] is not None and not person
            if kind is None or listed:
                kind = spoken
            if listed or (root != self._actor_of.get(reading.head) and self._is_short(words)):
                name = party["name"]
        keys = frozenset(w for w in words if len(w) > 2 and w not in _ARTICLES and w.isalpha())
        return Speaker(name, kind or "other", root, person, keys)

    def _pronoun(self, word: str, root: int | None, start: int) -> Speaker:
        if word not in _SELF:
            wants_person = word in _HE
            on = self._goes_on(start, wants_person)
            if on is not None:
                return on
            if root is not None and self.actors[root]["end"] <= start:
                party = self.actors[root]
                kind = party.get("source_kind") or SOURCE_OF_KIND[party["kind"]]
                return Speaker(party["name"], kind, root, wants_person)
            for speaker in reversed(self.met[-6:]):
                if speaker.person == wants_person or (speaker.person and wants_person):
                    return speaker
        return Speaker(self.doc[start].text, "other", root, word in _HE)

    def _goes_on(self, at: int, wants_person: bool) -> Speaker | None:
        """Who spoke just now, where the pronoun would else mean somebody he only spoke of."""
        actor = self._actor_of.get(at)
        before = self.actors[actor]["antecedent"] if actor is not None else None
        if self._last is None or before is None or not 0 <= before < len(self.actors):
            return None
        speaker, reading = self._last
        spot = self.actors[before]["start"]
        spoken_of = any(low <= spot < high for low, high in reading.content)
        fits = speaker.person == wants_person and speaker.name.lower() not in _HE | _THEY
        near = at - reading.cue[0] <= GOES_ON_TOKENS
        return speaker if spoken_of and fits and near else None

    def _short_form(self, words: list[str], head: int) -> Speaker | None:
        """ "the ministry", "Mr Hassan" after their full names."""
        content = [w for w in words if w not in _ARTICLES and w not in _TITLES and w.isalpha()]
        if not content or len(content) > 2:
            return None
        definite = words[0] in _ARTICLES and words[0] not in {"a", "an"}
        if definite and content[-1] in _ISSUED and len(content) == 1:
            # "the statement added": whoever issued it spoke before.
            return next((s for s in reversed(self.met[-3:]) if s.kind != "media"), None)
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
    cut = next((i for i, word in enumerate(words) if i and word in _HEAD_ENDS), len(words))
    vague: SourceKind | None = None  # "sources", "users": only if nothing says more
    for part in (words[:cut], words):
        for size in (4, 3, 2, 1):
            for start in range(len(part) - size, -1, -1):
                found = kinds.get("_".join(part[start : start + size]))
                if found is None or (size == 1 and _is_civil_general(part, start)):
                    continue
                if found != "other" and not (size == 1 and part[start] in _VAGUE):
                    return found
                vague = vague or found
    return vague


def _is_civil_general(words: Sequence[str], at: int) -> bool:
    """ "prosecutor general", "director-general": no officer of an army."""
    return words[at] == "general" and at > 0 and words[at - 1] in _CIVIL


_CIVIL = frozenset(
    {"-", "prosecutor", "attorney", "secretary", "director", "inspector", "auditor", "governor"}
    | {"consul", "solicitor", "advocate", "comptroller", "surveyor", "postmaster"}
)
# Of what is a member tells more.
_VAGUE = frozenset({"member", "members"})


def display_name(doc: Doc, start: int, end: int, head: int) -> str:
    """Short name for a source phrase: name plus office, neutral, about ten words at most.

    "Mohammed X, interior minister in the new administration" -> "Mohammed X,
    interior minister"; of "the war monitor Syrian Observatory for Human Rights
    (SOHR)" only the name is left.
    """
    while start < head and doc[start].lower_ in _ARTICLES:
        start += 1
    start = _name_start(doc, start, head)
    stop = _name_stop(doc, start, end, head)
    words = [t for t in doc[start:stop] if t.lower_ not in _CHARGED]
    text = "".join(t.text_with_ws for t in words)
    text = " ".join(text.split()).strip(' ,"“”')
    text = _in_mixed_case(text)
    for article in (" the ", " a ", " an "):
        text = text.replace("," + article, ", ")
    return text or doc[head].text


def _in_mixed_case(text: str) -> str:
    """ "POLICE SPOKESMAN JOHN ADE" as "police spokesman John Ade"; acronyms stay."""
    words = text.split()
    if not any(len(w) > MAX_ACRONYM for w in words) or text.upper() != text:
        return text
    common = load_common_words()
    return " ".join(w.lower() if w.lower() in common else unshout(w) for w in words)


def _name_start(doc: Doc, start: int, head: int) -> int:
    """Past the description before a body's own name; offices before a person's stay."""
    token = doc[head]
    if token.pos_ != "PROPN" or token.ent_type_ == "PERSON":
        return start
    if any(t.lower_ in _PERSON_WORDS for t in doc[start:head]):
        return start
    first = head
    while first > start and (doc[first - 1].text[:1].isupper() or doc[first - 1].text in "-'’"):
        first -= 1
    lower = [t for t in doc[start:first] if t.is_alpha]
    return first if lower and head - first >= 1 else start


def _name_stop(doc: Doc, start: int, end: int, head: int) -> int:
    stop = min(end, start + MAX_NAME_TOKENS)
    commas = 0
    for index in range(head + 1, stop):
        word = doc[index]
        commas += word.text == ","
        if word.text in "(–—;:[" or word.lower_ in {"who", "which", "that", "whose"}:
            return index
        if commas > 1 or (commas and word.dep_ == "prep" and word.lower_ != "of"):
            return index
        if word.dep_ in {"acl", "relcl"} and word.head.i == head:
            return index
    while stop > head + 1 and stop < end and doc[stop - 1].pos_ in {"ADP", "DET", "ADJ", "CCONJ"}:
        stop -= 1
    return stop


def is_occurrence(word: str) -> bool:
    """Whether a lower-case noun names something that cannot speak ("blast")."""
    return word in role_nouns("occurrence")
