"""`python -m benchmarks`: start-up, speed and memory of marsad beside bare spaCy.

Floor and marsad run in turn, so that a busy machine slows both. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.reports import MIXES, make_texts
from marsad.settings import load_settings

EXAMPLE = Path(__file__).parent.parent / "examples" / "tartus-ambush.html"
# One core: the libraries below spaCy would else take all there are.
ONE_CORE = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)


def clock(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | ONE_CORE)
    return time.perf_counter() - began


def measure_start(model: str, runs: int) -> None:
    floor = [sys.executable, "-c", f"import spacy; spacy.load({model!r})"]
    code = [sys.executable, "-m", "marsad", "code", str(EXAMPLE), "-f", "json", "--model", model]
    commands = {
        "import spacy, load the model (floor)": floor,
        "marsad code, one report": code,
        "marsad --help": [sys.executable, "-m", "marsad", "--help"],
        "marsad schema": [sys.executable, "-m", "marsad", "schema"],
    }
    for command in commands.values():  # the first run reads files from disk
        clock(command)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(clock(command))
    base = statistics.median(times["import spacy, load the model (floor)"])
    print(f"\nStart-up, seconds, fresh processes, {runs} runs each (aim for one report: below 4)")
    print(f"  {'':38}{'median':>8}{'least':>8}{'of floor':>10}")
    for name, values in times.items():
        middle = statistics.median(values)
        print(f"  {name:38}{middle:8.2f}{min(values):8.2f}{middle / base:9.2f}×")


def work(kind: str, file: Path, model: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.worker", kind, str(file), model],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | ONE_CORE,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure_speed(name: str, file: Path, model: str, runs: int) -> None:
    """Floor and marsad in turn on the same texts; the ratio is that of each pair of runs."""
    pairs = [(work("spacy", file, model), work("marsad", file, model)) for _ in range(runs)]
    ratio = statistics.median(spacy["seconds"] / marsad["seconds"] for spacy, marsad in pairs)
    reports, tokens = pairs[0][0]["reports"], pairs[0][0]["items"]
    print(f"\nSpeed, {name}: {reports:.0f} reports, {tokens / reports:.0f} tokens each, "
          f"one core, median of {runs}")  # fmt: skip
    print(f"  {'':38}{'reports/s':>10}{'tokens/s':>10}{'peak MiB':>10}")
    for index, label in enumerate(("bare spaCy pipeline (floor)", "marsad, all of it")):
        seconds = statistics.median(pair[index]["seconds"] for pair in pairs)
        peak = max(pair[index]["peak_mib"] for pair in pairs)
        print(f"  {label:38}{reports / seconds:10.1f}{tokens / seconds:10.0f}{peak:10.0f}")
    print(f"  marsad reads at {ratio:.2f} × the floor's speed (aim: 0.8 or more); "
          f"{pairs[0][1]['items']:.0f} claims")  # fmt: skip


def measure_memory(file: Path, model: str) -> None:
    lines = file.read_text("utf-8").splitlines(keepends=True)
    print("\nPeak memory as reports grow, MiB (aim: below 1024, and flat)")
    with tempfile.TemporaryDirectory() as folder:
        for times in (1, 4):
            part = Path(folder) / f"part{times}.jsonl"
            part.write_text("".join(lines * times), "utf-8")
            result = work("marsad", part, model)
            print(f"  {result['reports']:6.0f} reports {result['peak_mib']:8.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--file", type=Path, help="JSONL with a 'text' a line, instead of ours")
    parser.add_argument("--reports", type=int, default=200, help="how many of ours")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement")
    parser.add_argument("--model", default=load_settings().model)
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, "
          f"model {chosen.model}")  # fmt: skip
    measure_start(chosen.model, chosen.runs)
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, Path] = {}
        if chosen.file is not None:
            files[chosen.file.name] = chosen.file
        else:
            for mix in MIXES:
                files[f"{mix} reports"] = path = Path(folder) / f"{mix}.jsonl"
                rows = ({"text": text} for text in make_texts(mix, chosen.reports))
                path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        for name, path in files.items():
            measure_speed(name, path, chosen.model, chosen.runs)
        measure_memory(next(iter(files.values())), chosen.model)


if __name__ == "__main__":
    main()
