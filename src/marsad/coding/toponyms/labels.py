"""Labels: what the model's entity labels say of a run of words being a place.

Reads   entity labels, where the model gave them.
Writes  nothing.
Never   has the last word: small models take towns for persons and groups.
"""

from __future__ import annotations

from collections.abc import Mapping

from marsad.coding.toponyms.evidence import EVIDENCE
from marsad.coding.toponyms.lexicon import ToponymLexicon
from marsad.coding.toponyms.scan import Candidate, DocView

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


class LabelReader:
    """Reads the labels of one Doc."""

    def __init__(self, view: DocView, lexicon: ToponymLexicon) -> None:
        self.view = view
        self.lexicon = lexicon

    def vote(self, candidate: Candidate) -> float:
        """What the label of the run, or of a longer one around it, adds; 0 without labels."""
        view = self.view
        if not view.has_labels or view.shouts[candidate.start]:
            return 0.0
        head = candidate.end - 1
        label = view.labels[candidate.start] or view.labels[head]
        if not label:
            return EVIDENCE["no_label"]
        first, last = self.bounds(candidate.start if view.labels[candidate.start] else head)
        inner = [
            index
            for index in range(first, last)
            if not candidate.start <= index < candidate.end
            and view.capital[index]
            and view.lowers[index] not in self.lexicon.type_nouns
            and view.lowers[index] not in self.lexicon.compass
            and view.lowers[index] != "the"
        ]
        if label in PLACE_LABELS:
            return EVIDENCE["inside_place"] if inner else EVIDENCE[label]
        if inner and label == "ORG" and is_wide(candidate):
            return EVIDENCE["wide_inside_ORG"]
        if inner and label in {"PERSON", "ORG"}:
            return EVIDENCE[f"inside_{label}"]
        return EVIDENCE.get(label, EVIDENCE["other_label"])

    def bounds(self, index: int) -> tuple[int, int]:
        """Where the entity that word `index` is part of begins and ends."""
        goes_on = self.view.goes_on
        first, last = index, index + 1
        while first > 0 and goes_on[first]:
            first -= 1
        while last < len(goes_on) and goes_on[last]:
            last += 1
        return first, last

    def persons(self, starts: Mapping[int, Candidate]) -> frozenset[str]:
        """Last words of full personal names: 'Chad Smith' makes a later 'Smith' a person."""
        names: set[str] = set()
        if not self.view.has_labels:
            return frozenset()
        view, index = self.view, 0
        while index < len(view.words):
            if view.labels[index] != "PERSON":
                index += 1
                continue
            start, index = self.bounds(index)
            words = [word for word in view.lowers[start:index] if word.isalpha() and word != "s"]
            whole = starts.get(start)
            if len(words) < 2 or (whole is not None and whole.end >= index):
                continue
            titled = start > 0 and view.lowers[start - 1].rstrip(".") in self.lexicon.titles
            named = words[0] in self.lexicon.first_names or words[-1] in self.lexicon.surnames
            if titled or named:
                names.update((words[0], words[-1]))
        return frozenset(names)


def is_wide(candidate: Candidate) -> bool:
    """Whether a country, a division or a county by its full name is among its readings."""
    return any(
        entry.is_country
        or entry.feature == "ADM1"
        or (entry.feature == "ADM2" and entry.match == 1.0 and entry.country == "USA")
        for entry in candidate.entries
    )
