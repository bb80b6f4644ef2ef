"""Where a description of a party begins and ends, and what it is called.

Reads   tokens, tags and the parse where there is one; names found before.
Never   decides whose side a party is on: that is `actor_phrases`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from marsad.codebook.actors import (
    Actor,
    Modifier,
    Nation,
    NounTable,
    StateBody,
    load_modifiers,
    load_nouns,
    state_bodies_by_words,
)
from marsad.codebook.words import load_common_words
from marsad.coding.actors.names import Name
from marsad.coding.casing import is_acronym, unshout
from marsad.coding.parse import is_parsed

MAX_NAME_WORDS = 8
MAX_SIDE_WORDS = 5  # "fighters from the Ruritania-linked NAME"
# Links whose second side takes part itself, unless it is a state.
_JOINING = frozenset({"backed"})
MIN_SHOUTED_LETTERS = 4  # shorter words in capitals are acronyms
# Words before a noun that are no part of a party's name.
QUANTITIES = frozenset(
    """several dozens dozen some many more most few other others another two three four five six
    seven eight nine ten eleven twelve hundreds thousands scores numerous various both all each
    every no any first second one additional least at than about around nearly approximately over
    up to total fellow half only as own certain such same these those this that the a an our their
    his her its my your whose single whole entire overall earlier later meanwhile""".split()
)
DETERMINERS = frozenset("the a an this that these those its their his her our".split())
COUNTS = QUANTITIES - frozenset(
    "the a an this that these those our their his her its my your both".split()
)
_HARMED = frozenset({"dead", "wounded", "injured", "slain", "killed", "captured"})
_AGE_WORDS = frozenset({"year", "years", "old", "aged"})
DEFINITES = frozenset({"the", "this", "that", "these", "those", "said", "both"})
_OWN_PRONOUNS = frozenset({"hers", "theirs", "ours", "mine", "yours"})
POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my", "your"})
_INSIDE_DEPS = frozenset(
    """det amod compound nummod nmod poss case advmod quantmod npadvmod predet punct neg
    appos""".split()
)
# What may follow the head inside a party's name.
_LINKS = {
    ("loyal", "to"),
    ("allied", "with"),
    ("allied", "to"),
    ("linked", "to"),
    ("affiliated", "with"),
    ("affiliated", "to"),
    ("belonging", "to"),
    ("tied", "to"),
    ("backed", "by"),
}


@dataclass(slots=True)
class Scene:
    """What phrase reading needs of a Doc, gathered once."""

    doc: Doc
    upper_case: bool
    names_at: dict[int, Name]  # token index -> the name covering it
    actor_of: dict[int, Actor]  # id(name) -> the listed actor it stands for
    nouns: NounTable = field(default_factory=load_nouns)
    modifiers: dict[str, Modifier] = field(default_factory=load_modifiers)
    bodies: dict[str, StateBody] = field(default_factory=state_bodies_by_words)
    first: int = 0  # first token after a dateline at the head of the text

    def actor_at(self, index: int) -> Actor | None:
        """The listed actor named at token `index`."""
        name = self.names_at.get(index)
        return self.actor_of.get(id(name)) if name else None

    def nation_at(self, index: int) -> Nation | None:
        """The nation named (as noun or adjective, not by its capital) at token `index`."""
        name = self.names_at.get(index)
        return name.nation if name and name.type in {"nation", "adjective"} else None

    def capitalised(self, token: Token) -> bool:
        """Whether the word is written as a name; by its tag in text that is all capitals."""
        if self.upper_case:
            return token.pos_ == "PROPN"
        return token.text[:1].isupper()


def left_edge(scene: Scene, head: Token) -> int:
    """First token of the noun phrase that ends at `head`, article included."""
    doc = scene.doc
    start = head.i
    if is_parsed(head):
        edge = max(head.left_edge.i, scene.first)
        while start > edge:
            token = doc[start - 1]
            if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"amod", "compound"}:
                break
            if token.pos_ in {"ADP", "SCONJ", "CCONJ"} and token.lower_ not in {"than", "to"}:
                break
            if token.text in {"-", "–"} and token.whitespace_ and doc[start - 2].whitespace_:
                break  # "bombing - police": a dash
            if token.pos_ == "PUNCT" and token.text not in {"-", '"', "“", "”", "'", "."}:
                break
            if token.dep_ not in _INSIDE_DEPS:
                break
            start -= 1
        return start
    while start > scene.first and head.i - start < 6 and not doc[start].is_sent_start:
        token = doc[start - 1]
        lower = token.lower_
        if not (
            lower in scene.modifiers
            or (start - 1) in scene.names_at
            or lower in QUANTITIES
            or lower in {"'s", "’s", "-"}
            or (token.text[:1].isupper() and not scene.upper_case)
        ):
            break
        start -= 1
        if lower in {"the", "a", "an"}:
            break
    return start


_CHARGING = frozenset("accuse suspect convict acquit clear absolve".split())


def right_edge(scene: Scene, head: Token) -> int:
    """End of the phrase after `head`: an 'of' or siding complement, if short."""
    doc, index = scene.doc, head.i + 1
    if index + 1 >= len(doc) or doc[index + 1].lower_ in _OWN_PRONOUNS:
        return index
    first, second = doc[index].lower_, doc[index + 1].lower_
    if first == "of" and head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_ in _CHARGING:
        return index  # "accused the rebels of looting shops"
    noun = scene.nouns.parties.get(head.lower_)
    if (
        first == "of"
        or (first == "for" and noun and noun.cls in {"role", "office"})
        or (first == "with" and noun and noun.cls in {"role", "office", "part"})
        or (
            first in {"at", "in"}
            and noun
            and noun.cls in {"role", "office", "part"}
            and _names_side(scene, index + 1)
        )
        or (first == "from" and _names_side(scene, index + 1))
    ):
        begin = index + 1
    elif first == "on" and second in {"motorbikes", "motorcycles", "motorbike", "horseback"}:
        return index + 2
    elif (first, second) in _LINKS:
        begin = index + 2
        if first in _JOINING and not _is_state(scene, begin):
            return index  # "soldiers backed by militiamen" are two parties
    else:
        return index
    end = _complement_end(scene, begin, head.i) or index
    if first == "of" and end > begin and doc[end - 1].lower_ in scene.nouns.acts:
        return index  # the herders in "the herders of the attack" are herders
    return end


def _is_state(scene: Scene, begin: int) -> bool:
    """Whether the words from `begin` name a state rather than men of its own."""
    name = scene.names_at.get(begin) or scene.names_at.get(min(begin + 1, len(scene.doc) - 1))
    return name is not None and name.type == "nation"


def _names_side(scene: Scene, begin: int) -> bool:
    """Whether a listed actor or a word for a party stands within four words."""
    words = 0
    for token in scene.doc[begin : begin + 2 * MAX_SIDE_WORDS]:
        if scene.actor_at(token.i) or token.lower_ in scene.nouns.parties:
            return True
        linking = token.text == "-" or (token.pos_ == "VERB" and token.dep_ == "amod")
        words += token.text != "-"
        if words > MAX_SIDE_WORDS or token.is_sent_start:
            return False
        if not linking and (token.is_punct or token.pos_ in {"VERB", "ADP"}):
            return False
    return False


def _complement_end(scene: Scene, begin: int, head: int) -> int | None:
    """End of the noun phrase that begins at `begin`, None if it is none or too long."""
    doc = scene.doc
    limit = min(len(doc), head + MAX_NAME_WORDS + 6)
    index = begin
    last_noun = None
    while index < limit:
        token = doc[index]
        if token.is_sent_start and index > begin:
            break
        named = scene.names_at.get(index)
        if named is not None and scene.actor_of.get(id(named)):
            last_noun = named.end - 1
            index = named.end
            continue
        lower = token.lower_
        is_noun = token.pos_ in {"NOUN", "PROPN"} or (
            not is_parsed(token) and (lower in scene.nouns.parties or named is not None)
        )
        if is_noun:
            last_noun = index
        elif not (
            lower in QUANTITIES
            or lower in {"'s", "’s", "-", '"', "“", "al", "’", "'"}
            or token.pos_ in {"ADJ", "DET", "NUM", "PRON"}
            or (token.pos_ == "VERB" and token.dep_ in {"amod", "compound"})
            or named is not None
        ):
            break
        index += 1
    return None if last_noun is None else last_noun + 1


def _in_age(doc: Doc, index: int) -> bool:
    """Whether the hyphen stands inside "40-year-old"."""
    return {doc[index - 1].lower_, doc[min(index + 1, len(doc) - 1)].lower_} & _AGE_WORDS != set()


def _is_armed(scene: Scene, word: str) -> bool:
    noun = scene.nouns.parties.get(word)
    return noun is not None and (noun.kind in {"armed-group", "militia"} or bool(noun.armed))


def _in_plain_case(scene: Scene, token: Token) -> str:
    """The word as it would stand in mixed case: "GUNMEN" is "gunmen", "FMLN" stays."""
    text, lower = token.text, token.lower_
    if not token.is_upper:
        return text
    noun = scene.nouns.parties.get(lower)
    if not scene.upper_case:
        people = noun is not None and noun.cls == "person"  # "MEN" is no acronym
        known = noun is not None or lower in scene.modifiers
        return lower if known and (people or len(text) >= MIN_SHOUTED_LETTERS) else text
    if noun is not None or lower in scene.modifiers or lower in load_common_words():
        return lower
    if "." in text or not text.isalpha() or is_acronym(lower):
        return text
    return unshout(text)


def compose_name(scene: Scene, start: int, head: int, end: int) -> str:
    """The phrase as a name: no article, number, hedge or charged word, at most 8 words."""
    doc, words = scene.doc, []
    if end == head + 3 and doc[head + 1].lower_ == "on":
        end = head + 1  # "gunmen on motorbikes"
    for index in range(start, end):
        token = doc[index]
        lower = token.lower_
        if token.is_space or lower in {'"', "“", "”", "``", "''", "[", "]", "(", ")"}:
            continue
        if index < head and (lower in _AGE_WORDS or (token.text == "-" and _in_age(doc, index))):
            continue
        if index < head and (
            lower in QUANTITIES
            or lower in _HARMED
            or token.like_num
            or token.dep_ in {"nummod", "quantmod"}
        ):
            continue
        modifier = scene.modifiers.get(lower)
        if modifier is not None and modifier.neutral is not None and index != head:
            if modifier.neutral:
                words.append(modifier.neutral)
            continue
        noun = scene.nouns.parties.get(lower)
        if lower == "islamic" and index < head and _is_armed(scene, doc[head].lower_):
            words.append("Islamist")  # a movement's men, not a faith's
            continue
        if noun is not None and noun.neutral is not None and index not in scene.names_at:
            words.append(noun.neutral)
            continue
        glued = words and (lower in {"'s", "’s", "'", "’", "-"} or doc[index - 1].text == "-")
        if glued and words:
            words[-1] += lower if lower in {"'s", "’s"} else token.text
        else:
            words.append(_in_plain_case(scene, token))
    text = " ".join(words[:MAX_NAME_WORDS]).strip(" -'’")
    for suffix in (" of", " the", " in", " for", " of the", " in the", " a"):
        if text.lower().endswith(suffix):
            text = text[: -len(suffix)]
    return text or doc[head].text
