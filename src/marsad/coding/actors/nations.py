"""Countries and peoples as parties: "Ethiopia said", "an Israeli airstrike", "a Malian attack".

Reads   names found before, the parse; doc._.toponyms and doc._.triggers if they are there.
Writes  nothing: returns `Party` readings.

A country that acts with arms is its military, one that speaks its government.
An adjective before a plain attack tells only whose people did it: states and
peoples without one are read alike.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from marsad.codebook.actors import Nation, StateBody, load_nations, load_state_bodies
from marsad.coding.actors.clause import SUBJECT_DEPS
from marsad.coding.actors.names import Name
from marsad.coding.actors.party import Party
from marsad.coding.actors.phrases import STATELESS
from marsad.coding.actors.spans import Scene
from marsad.coding.parse import is_parsed

_MODIFIER_DEPS = frozenset({"compound", "amod", "nmod", "npadvmod"})
# Verbs whose object is only where somebody goes or is.
_MOTION = frozenset(
    """leave visit enter reach flee cross tour quit return travel arrive join rejoin represent
    govern rule""".split()
)
# Verbs that make a capital stand for its government.
_STATE_VERBS = frozenset(
    """say deny accuse blame claim announce warn condemn reject launch order insist vow demand agree
    report describe seek sign denounce retaliate respond call urge impose want withdraw support back
    back refuse declare threaten maintain acknowledge admit confirm expel summon view see fear hope
    consider propose offer deploy recall sever""".split()
)
# Violence that anybody can do.
_ATTACKS = frozenset(
    """attack attacks ambush ambushes shooting shootings massacre massacres bombing bombings
    killing killings rampage abduction abductions kidnapping kidnappings""".split()
)
# Words that make an attack one of an army.
_ARMY_WORDS = frozenset(
    "air aerial ground naval military tank army amphibious cross-border".split()
)


def find_nations(scene: Scene) -> list[Party]:
    """Countries where they act, speak or are acted on, and nations before acts and arms."""
    doc, found = scene.doc, []
    by_slug = _bodies_by_slug()
    trigger_heads = {t["head"] for t in doc._.triggers}
    home = _home_countries(doc)
    for name in dict.fromkeys(scene.names_at.values()):
        nation = name.nation
        if nation is None or not is_parsed(doc[name.end - 1]):
            continue
        root = doc[name.start : name.end].root
        slug: str | None = None
        end = name.end
        if name.type == "adjective" or _is_initials(doc, name):
            if _is_attack(scene, name, nation, root, home):
                found.append(_attackers(scene, name, nation, root))
                continue
            slug, end = _adjective_role(scene, name, nation, root, home)
        if slug is None and _is_party(root, capital=name.type == "capital"):
            violent = root.head.i in trigger_heads and root.dep_ in {"nsubj", "poss", "pobj"}
            doer = root.dep_ != "pobj" or root.head.dep_ == "agent" or root.head.lower_ == "to"
            violent = violent or root.head.head.lemma_ == "belong"
            armed = violent and doer and nation.iso3 not in STATELESS and name.type == "nation"
            slug = "military" if armed else "government"
            if name.type == "adjective":
                slug = None
        if slug is None:
            continue
        head = root.i if end == name.end else end - 1
        party = Party.of(by_slug[slug].of(nation), name.start, end, head)
        party.form, party.slug = "nation", slug
        if slug == "government" or nation.iso3 in STATELESS:
            party.name = nation.names[0]
        found.append(party)
    return found


def _is_initials(doc: Doc, name: Name) -> bool:
    """ "US", "U.K.": names that serve as adjectives too ("a U.S. strike")."""
    text = doc[name.start : name.end].text.replace(".", "")
    return name.type == "nation" and text in {"US", "UK", "UAE"}


def read_joined_nations(scene: Scene, party: Party) -> list[Party]:
    """ "Indian and Pakistani troops" are two parties; empty where the phrase is no such pair."""
    doc, index = scene.doc, party.head - 1
    names: list[Name] = []
    while index >= scene.first:
        name = scene.names_at.get(index)
        if name is not None and name.type == "adjective" and name.nation is not None:
            names.append(name)
            index = name.start - 1
        elif names and doc[index].lower_ in {"and", ","}:
            index -= 1
        else:
            break
    body = scene.bodies.get(doc[party.head].lower_)
    if len(names) < 2 or body is None:
        return []
    found = []
    for place, name in enumerate(names):
        assert name.nation is not None
        end = party.head + 1 if place == 0 else name.end
        found.append(Party.of(body.of(name.nation), name.start, end, end - 1))
        found[-1].form, found[-1].slug = "nation", body.slug
    return found


def _bodies_by_slug() -> dict[str, StateBody]:
    return {body.slug: body for body in load_state_bodies()}


def _home_countries(doc: Doc) -> set[str]:
    """Countries in which the report's places lie, mostly."""
    counts: dict[str, int] = {}
    for place in doc._.toponyms:
        if place["country"] and place["role"] == "location":
            counts[place["country"]] = counts.get(place["country"], 0) + 1
    top = max(counts.values(), default=0)
    return {country for country, count in counts.items() if count * 2 >= top}


def _adjective_role(
    scene: Scene, name: Name, nation: Nation, root: Token, home: set[str]
) -> tuple[str | None, int]:
    """What "Israeli" stands for before an act ("strike") or a weapon ("warplanes")."""
    head = root.head
    if nation.iso3 in STATELESS or root.dep_ not in _MODIFIER_DEPS or head.i < root.i:
        return None, name.end
    if head.lower_ in scene.nouns.parties:
        return None, name.end
    between = [t.lower_ for t in scene.doc[name.end : head.i]]
    words = " ".join([*between, head.lower_])
    body = scene.bodies.get(words)
    if body is not None:
        return body.slug, head.i + 1
    act = scene.nouns.acts.get(head.lower_)
    if act is not None:
        if head.lower_ in _ATTACKS and any(_is_of_armies(scene, word) for word in between):
            return "military", name.end  # "a Russian missile attack"
        if act.needs == "def":
            return None, name.end  # "a Nigerian attack" may be one in Nigeria
        return ("military" if act.armed else None), name.end
    asset = scene.nouns.assets.get(head.lower_)
    if asset is not None and asset.needs != "mod":
        return "military", name.end
    return None, name.end


def _is_attack(scene: Scene, name: Name, nation: Nation, root: Token, home: set[str]) -> bool:
    """Whether the adjective tells whose attack it is, not in which country it was.

    "A Nigerian attack" in Nigeria only says where. For a people without a state
    of its own every act of violence is read so; a state has its military for
    those that only armies do.
    """
    head = root.head
    if root.dep_ not in _MODIFIER_DEPS or head.i < root.i or nation.iso3 in home:
        return False
    words = [t.lower_ for t in scene.doc[name.end : head.i]]
    if head.lower_ in _ATTACKS:
        return nation.iso3 in STATELESS or not any(_is_of_armies(scene, word) for word in words)
    act = scene.nouns.acts.get(head.lower_)
    return nation.iso3 in STATELESS and act is not None and act.kind == "military"


def _is_of_armies(scene: Scene, word: str) -> bool:
    asset = scene.nouns.assets.get(word)
    return (asset is not None and asset.needs != "mod") or word in _ARMY_WORDS


def _attackers(scene: Scene, name: Name, nation: Nation, root: Token) -> Party:
    """ "A Ruritanian attack": attackers of that people, whoever they are."""
    words = " ".join(scene.doc[name.start : name.end].text.split())
    return Party(
        name.start,
        name.end,
        root.i,
        f"{words} attackers",
        "unidentified-armed",
        "nation",
        country=nation.iso3,
        slug="attackers",
    )


def identify_attackers(parties: list[Party]) -> None:
    """Give "Ruritanian attackers" the name of the one armed party of that country in the text."""
    for party in parties:
        if party.slug != "attackers":
            continue
        known = {p.actor_id: p for p in parties if p.actor_id and _is_armed_of(p, party.country)}
        if len(known) == 1:
            meant = next(iter(known.values()))
            party.name, party.actor_id, party.kind = meant.name, meant.actor_id, meant.kind
            party.source_kind = meant.source_kind


def take_arms(doc: Doc, pronoun: Party, state: Party) -> None:
    """ "Ruritania said it had shelled the post": the government speaks, its military shelled."""
    if state.form != "nation" or state.slug != "government" or state.country in STATELESS:
        return
    if doc[pronoun.head].head.i not in {t["head"] for t in doc._.triggers}:
        return
    nation = next((n for n in load_nations() if n.iso3 == state.country), None)
    if nation is not None:
        pronoun.adopt(_bodies_by_slug()["military"].of(nation))
        pronoun.antecedent = None


def _is_armed_of(party: Party, country: str | None) -> bool:
    return party.country == country and party.kind in {"military", "armed-group", "militia"}


def _is_party(root: Token, *, capital: bool) -> bool:
    """Whether a country's name does, says or suffers something here, rather than places it."""
    token = root
    while token.dep_ == "conj" and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    if capital:
        following = root.doc[root.i + 1].text if root.i + 1 < len(root.doc) else ","
        if following == ",":  # a dateline
            return False
        return token.dep_ in SUBJECT_DEPS and token.head.lemma_ in _STATE_VERBS
    if token.dep_ in SUBJECT_DEPS or token.dep_ == "poss":
        return True
    if token.dep_ == "dobj":
        return token.head.lemma_ not in _MOTION
    if token.dep_ == "pobj":
        if token.head.lower_ == "to" and token.head.head.lemma_ == "belong":
            return True
        return token.head.lower_ in {"by", "against", "with", "between", "on"}
    return False
