"""What a person types is taken in as one stream."""

import json

from marsad.workflow.ingest import Ingested, ingest


def test_many_sources_of_one_report_each_are_coded_together(ledger, coder, tmp_path, monkeypatch):
    sources = []
    for number in range(2, 6):
        path = tmp_path / f"{number}.jsonl"
        text = f"Gunmen killed {number} farmers near Goma on Monday, police said."
        row = {"id": f"r{number}", "text": text, "published": "2024-05-08"}
        path.write_text(json.dumps(row), "utf-8")
        sources.append(str(path))
    batches: list[list[object]] = []
    code_many = coder.code_many

    def note(reports):
        batches.append(list(reports))
        return code_many(batches[-1])

    monkeypatch.setattr(coder, "code_many", note)
    told: list[Ingested] = []
    ingest(ledger, coder, sources, on_item=told.append)
    assert [len(batch) for batch in batches] == [4]
    assert [item.name for item in told] == ["r2", "r3", "r4", "r5"]
