"""References: the reports of a dossier by number, so that a line can say [2].

Reads   a Dossier and the name policy.
Writes  "[2]", and the words that each number stands for.
Never   numbers a report that the dossier does not hold: it says its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from marsad.publish.privacy import NamePolicy
from marsad.publish.safe_text import one_line
from marsad.records import Dossier, Report

_REPORT_ID = re.compile(r"\breport-[0-9a-f]{16}\b")


class References:
    """Numbers the reports in order of publication, those without a day last."""

    def __init__(self, dossier: Dossier, policy: NamePolicy) -> None:
        self.policy = policy
        order = {key: place for place, key in enumerate(dossier.incident.reports)}
        self.reports: tuple[Report, ...] = tuple(
            sorted(
                dossier.reports,
                key=lambda r: (
                    r.published is None,
                    str(r.published or ""),
                    order.get(r.id, len(order)),
                    r.id,
                ),
            )
        )
        self._numbers = {report.id: n for n, report in enumerate(self.reports, start=1)}
        self._by_claim = {claim.id: claim.report_id for claim in dossier.claims}
        self.retellers = {copy for o in dossier.incident.origins for copy in o.copies}

    def report(self, report_id: str) -> str:
        """The report as "[2]"."""
        number = self._numbers.get(report_id)
        return f"[{number}]" if number else one_line(report_id)

    def all_of(self, report_ids: Iterable[str]) -> str:
        """The reports as "[1] [3]", in the order of their numbers."""
        known = sorted(set(report_ids), key=lambda key: (self._numbers.get(key, 10**9), key))
        return " ".join(self.report(key) for key in known)

    def of_claims(self, claim_ids: Iterable[str]) -> str:
        """The reports that the claims stand in."""
        return self.all_of(self._by_claim[key] for key in claim_ids if key in self._by_claim)

    def show(self, text: str) -> str:
        """`text` on one line, harmless, without private names, reports by their numbers."""
        numbered = _REPORT_ID.sub(lambda match: self.report(match[0]), text)
        return one_line(self.policy.text(numbered))
