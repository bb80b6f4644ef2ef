"""Toponyms: find the place names of a report and say which places they are.

Reads   tokens, entity labels where there are any, doc._.report (dateline).
Writes  doc._.toponyms.
Never   decides which of the places an event happened at (see `event_places`).

Names come from the gazetteer, from the model's labels and from patterns; what is
a person, an organisation or an ordinary word is refused; the names of a report
are resolved together.
"""

from __future__ import annotations

import re
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.extensions import put_mentions
from marsad.coding.mentions import Toponym
from marsad.coding.toponyms.capitals import find_capitals
from marsad.coding.toponyms.lexicon import ToponymLexicon, toponym_lexicon
from marsad.coding.toponyms.relations import find_relation, link_containers
from marsad.coding.toponyms.roles import RoleJudge
from marsad.coding.toponyms.scan import Candidate, DocView, scan
from marsad.coding.toponyms.settle import settle
from marsad.coding.toponyms.unlisted import unlisted_places
from marsad.places.gazetteer import Gazetteer, open_gazetteer

MAX_DATELINE_TOKENS = 18
MAX_TITLE_CHARS = 300
_TITLE_WORD = re.compile(r"(\w+(?:\.\w+)*\.?|[^\w\s])(\s*)")


@Language.factory(
    "marsad_toponyms",
    requires=["token.is_sent_start"],
    assigns=["doc._.toponyms"],
    default_config={"gazetteer": None},
)
def make_toponyms(nlp: Language, name: str, gazetteer: str | None) -> ToponymFinder:
    """Find and resolve place names. `gazetteer` is a path; None means where the settings say."""
    return ToponymFinder(Path(gazetteer) if gazetteer else None)


class ToponymFinder:
    """Callable component; opens the gazetteer at the first Doc."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.lexicon = toponym_lexicon()
        self._gazetteer: Gazetteer | None = None

    @property
    def gazetteer(self) -> Gazetteer:
        """The open gazetteer (built first if it is not there)."""
        if self._gazetteer is None:
            self._gazetteer = open_gazetteer(self.path)
        return self._gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.toponyms and return the Doc."""
        toponyms = find_toponyms(doc, self.gazetteer, self.lexicon) if len(doc) else []
        put_mentions(doc, "toponyms", toponyms, [toponym["role"] for toponym in toponyms])
        return doc


def find_toponyms(doc: Doc, gazetteer: Gazetteer, lexicon: ToponymLexicon) -> list[Toponym]:
    """The place names of `doc` in text order, resolved together."""
    view = DocView(doc, lexicon.vocabulary)
    listed = scan(view, gazetteer, lexicon)
    judge = RoleJudge(view, lexicon, listed)
    kept: list[Candidate] = []
    refused: list[Candidate] = []
    for candidate in listed:
        (kept if judge.judge(candidate) else refused).append(candidate)
    kept += judge.recall(refused)
    kept += unlisted_places(view, kept, judge, gazetteer)
    kept.sort(key=lambda candidate: candidate.start)
    kept += find_capitals(view, kept, gazetteer, lexicon)
    kept.sort(key=lambda candidate: candidate.start)
    _mark_datelines(view, kept, lexicon)
    link_containers(view, kept, lexicon)
    for candidate in kept:
        candidate.relation = find_relation(view, candidate, lexicon)
    found = settle(view, kept, _title_places(doc, gazetteer, lexicon), gazetteer)
    for toponym in found:  # from words back to tokens
        toponym["start"] = view.tokens[toponym["start"]]
        toponym["end"] = view.tokens[toponym["end"] - 1] + 1
    return found


def _title_places(doc: Doc, gazetteer: Gazetteer, lexicon: ToponymLexicon) -> list[Candidate]:
    """The places that the report's title names; they help to tell what the text's names mean."""
    title = doc._.report.get("title") if doc._.report else None
    if not title:
        return []
    words = _TITLE_WORD.findall(title[:MAX_TITLE_CHARS])
    if not words:
        return []
    view = DocView(
        Doc(doc.vocab, words=[word for word, _ in words], spaces=[s != "" for _, s in words])
    )
    listed = scan(view, gazetteer, lexicon)
    judge = RoleJudge(view, lexicon, listed)
    kept = [candidate for candidate in listed if judge.judge(candidate)]
    link_containers(view, kept, lexicon)
    for candidate in kept:  # their containers would point into the text's names
        candidate.containers = []
    return kept


def _mark_datelines(view: DocView, candidates: list[Candidate], lexicon: ToponymLexicon) -> None:
    """Give the names of a dateline that role: where the reporter sits."""
    report = view.doc._.report or {}
    given = report.get("dateline_end")
    end_char = given if isinstance(given, int) else 0
    start_char = report.get("dateline_start", 0)
    for candidate in candidates:
        start = candidate.start
        offset = view.offsets[start]
        if candidate.kind != "adjective" and (
            start_char <= offset < end_char or _opens_dateline(view, start, lexicon)
        ):
            candidate.role = "dateline"


def _opens_dateline(view: DocView, start: int, lexicon: ToponymLexicon) -> bool:
    """Whether a name stands between a paragraph's start and a dash: 'ERBIL, Iraq (AP) --'."""
    opening = view.sentence_start(start)
    if start - opening > 8:
        return False
    first = opening
    if not view.words[first][:1].isupper():
        return False
    brackets = 0
    for index in range(start + 1, min(opening + MAX_DATELINE_TOKENS, len(view.words))):
        word = view.words[index]
        brackets += (word == "(") - (word[0] == ")")
        if brackets > 0:  # "(APP - 3rd Oct, 2019)"
            continue
        # A sentence may seem to end at "Ore." or "(AP)".
        if view.opens[index] and index > opening and view.words[index - 1][-1] not in ".)":
            return False
        closed = word == "):" or (word == ":" and view.words[index - 1] == ")")
        if closed or (word in lexicon.dateline_ends and view.spaced(index)):
            inside = view.words[first:index]
            lower = [
                w
                for w in inside
                if w.islower() and w.isalpha() and len(w) > 2 and w not in {"the", "near"}
            ]
            return not lower and (closed or _is_dateline_head(view, first, index))
        if word.islower() and len(word) > 3:
            return False
    return False


def _is_dateline_head(view: DocView, first: int, dash: int) -> bool:
    """A dateline's first word is in capitals, or an agency stands in brackets before the dash."""
    return view.words[first].isupper() or ")" in view.words[max(first, dash - 2) : dash]
