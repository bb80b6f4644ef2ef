"""One measurement in a process of its own: `python -m benchmarks.worker KIND FILE MODEL`.

Prints one JSON object. KIND is `spacy` (the bare pipeline) or `marsad` (the whole coder).
The model is loaded and warmed before the clock starts. The clock counts the processor's time in
this process, so that other work on the machine does not count, and the process keeps to one core.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

BATCH = 32


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def run_spacy(path: Path, model: str) -> tuple[int, int, float]:
    import spacy

    nlp = spacy.load(model)
    nlp("Warm up on one sentence.")
    texts = (row["text"] for row in read_lines(path))
    began = time.process_time()
    reports = tokens = 0
    for doc in nlp.pipe(texts, batch_size=BATCH):
        reports += 1
        tokens += len(doc)
    return reports, tokens, time.process_time() - began


def run_marsad(path: Path, model: str) -> tuple[int, int, float]:
    from datetime import date

    from marsad import Coder, Report

    coder = Coder(model=model)
    warm = Report(id="warm", text="Gunmen killed two farmers in Goma.", published=date(2024, 1, 2))
    list(coder.code_many([warm]))
    reports = (
        Report(id=str(number), text=row["text"], published=date(2024, 11, 14), language="en")
        for number, row in enumerate(read_lines(path))
    )
    began = time.process_time()
    count = claims = 0
    for coded in coder.code_many(reports):
        count += 1
        claims += len(coded.claims)
    return count, claims, time.process_time() - began


def main() -> None:
    kind, file, model = sys.argv[1:4]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    count, items, seconds = {"spacy": run_spacy, "marsad": run_marsad}[kind](Path(file), model)
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {"reports": count, "items": items, "seconds": seconds, "peak_mib": peak_kib / 1024}
        )
    )


if __name__ == "__main__":
    main()
