"""Veiled records: whole records for programs, without the names of private persons.

Reads   records, the names that may not be said, the reports whose words they quote.
Writes  the same records: a name that stands alone gives way to what kind of person it is; in
        texts and quotes each of its characters gives way to a block, so that every offset holds.
Never   lets a text through because nobody thought of its field: only ids, addresses and the
        names of who decided are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from marsad.publish.privacy import (
    SHOW_ALL,
    NamePolicy,
    withhold_private_names,
)
from marsad.records import (
    Claim,
    CodedReport,
    Evidence,
    Figure,
    Participant,
    Record,
    Report,
    Source,
    ValueChange,
)

MASK = "█"
# Ids, addresses, and who decided. What an id is made of may look like a name, and is none.
_AS_IT_IS = frozenset(
    """id report_id claim claims counterclaim report reports copies incident incidents other others
    tellings mentions asked superseded_by by made_by outlet url language origin""".split()
)
AnyRecord = TypeVar("AnyRecord", bound=Record)


class Veil:
    """Takes private names out of records."""

    def __init__(self, policy: NamePolicy, reports: Mapping[str, Report] | None = None) -> None:
        self._policy = policy
        self._reports = reports or {}
        self._texts: dict[str, str] = {}

    def record(self, record: AnyRecord) -> AnyRecord:
        """The record without private names. It is not checked anew: only words are others."""
        if self._policy is SHOW_ALL:
            return record
        veiled: AnyRecord = self._value(record)
        return veiled

    def _value(self, value: Any, field: str = "") -> Any:
        match value:
            case str():
                return value if field in _AS_IT_IS else self._policy.text(value)
            case Evidence():
                return value.model_copy(update={"quote": self._quote(value)})
            case Record():
                return value.model_copy(update=self._fields(value))
            case tuple() | list():
                return type(value)(self._value(item, field) for item in value)
            case dict():
                return {key: self._value(item, str(key)) for key, item in value.items()}
        return value

    def _fields(self, record: Record) -> dict[str, Any]:
        fields = {name: self._value(getattr(record, name), name) for name in _names_of(record)}
        match record:
            case Participant():
                fields["name"] = self._policy.party(record)
            case Source():
                fields["source"] = self._policy.source(record)
            case Figure():
                fields["group"] = self._policy.group(record)
            case Report():
                fields["text"] = self._mask(record.text)
            case ValueChange():  # "killed: NAME" is a field of a change
                fields["field"] = self._policy.text(record.field)
        return fields

    def _quote(self, evidence: Evidence) -> str:
        """As it stands in the veiled text; a name that is cut by the quote's end is veiled too."""
        report = self._reports.get(evidence.report_id)
        start, end = evidence.start, evidence.end
        if report is None or report.text[start:end] != evidence.quote:
            return self._mask(evidence.quote)
        if report.id not in self._texts:
            self._texts[report.id] = self._mask(report.text)
        return self._texts[report.id][start:end]

    def _mask(self, text: str) -> str:
        pattern = self._policy.pattern
        return text if pattern is None else pattern.sub(lambda m: MASK * len(m[0]), text)


def _names_of(record: Record) -> Iterable[str]:
    return type(record).model_fields


def veil_of(reports: Iterable[Report], claims: Iterable[Claim]) -> Veil:
    """The veil over the private names in these reports, as their claims read them."""
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.report_id, []).append(claim)
    known = {report.id: report for report in reports}
    readings = [
        CodedReport(report=report, claims=tuple(by_report.get(report.id, ())))
        for report in known.values()
    ]
    return Veil(withhold_private_names(*readings), known)
