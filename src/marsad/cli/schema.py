"""`marsad schema`: the JSON Schema of the records."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app

if TYPE_CHECKING:
    from pydantic import BaseModel


class SchemaName(StrEnum):
    """The records whose JSON Schema can be printed."""

    report = "report"
    claim = "claim"
    incident = "incident"
    coded_report = "coded-report"
    ledger_incident = "ledger-incident"
    dossier = "dossier"
    change = "change"
    decision = "decision"
    filter = "filter"


@app.command()
def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which record.")] = SchemaName.coded_report,
) -> None:
    """Print the JSON Schema of a record."""
    import json

    from marsad import records

    models: dict[SchemaName, type[BaseModel]] = {
        SchemaName.report: records.Report,
        SchemaName.claim: records.Claim,
        SchemaName.incident: records.Incident,
        SchemaName.coded_report: records.CodedReport,
        SchemaName.ledger_incident: records.LedgerIncident,
        SchemaName.dossier: records.Dossier,
        SchemaName.change: records.Change,
        SchemaName.decision: records.Decision,
        SchemaName.filter: records.IncidentFilter,
    }
    body = models[name].model_json_schema(mode="serialization")
    print(
        json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **body},
            indent=2,
            ensure_ascii=False,
        )
    )
