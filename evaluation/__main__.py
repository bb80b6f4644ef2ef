"""The evaluation's command line: `python -m evaluation SET...`, from the project's root.

Exit codes: 0 done; 1 a score fell below its floor; 2 wrong usage or data not here;
130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evaluation import floors
from evaluation.base import DataError, DataSet, Reader
from evaluation.catalogue import DATA_SETS, is_here, load_rows
from evaluation.run import Result, Track, run_baseline, run_coder, sample_rows, take_half
from evaluation.tables import as_json, as_markdown, describe_run, show_errors, show_results
from marsad.errors import MarsadError

EXIT_DROPPED = 1
EXIT_NO_DATA = 2
EXIT_INTERRUPTED = 130
MIN_WIDTH = 120  # of tables written to a file or a pipe


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation",
        description="Score the coder on public data sets and on reports of our own.",
        epilog="Sets: " + ", ".join(DATA_SETS) + ". evaluation/README.md tells of each.",
    )
    add = parser.add_argument
    add("sets", nargs="*", metavar="SET", help="sets to score, or 'all' for those that are here")
    add(
        "--file",
        action="append",
        type=Path,
        default=[],
        metavar="PATH",
        help="score this file, in the set's format, instead of the set's own; may be repeated",
    )
    add("--found", type=Path, metavar="PATH", help="with 'grouping': the grouping to be scored")
    add("--sample", type=int, metavar="N", help="score N rows drawn at random")
    add(
        "--seed",
        type=int,
        default=floors.SEED,
        metavar="N",
        help="of the draw (default %(default)s)",
    )
    add(
        "--half",
        choices=("even", "odd"),
        help="only every second row: read errors on one half, measure on the other",
    )
    add("--baseline", action="store_true", help="show a plain regular-expression baseline beside")
    add("--errors", type=int, default=0, metavar="N", help="show the N worst cases of each set")
    add("--json", action="store_true", help="print JSON")
    add("--markdown", action="store_true", help="print one Markdown table, as in RESULTS.md")
    add("--list", action="store_true", help="list the sets and whether their data is here")
    add("--check", action="store_true", help="compare with the pinned floors on their sample")
    add("--pin", action="store_true", help="write the scores of the sample as floors")
    add("--model", metavar="NAME", help="an installed spaCy pipeline to code with")
    return parser  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    out = Console(width=None if sys.stdout.isatty() else MIN_WIDTH)
    err = Console(stderr=True, soft_wrap=True)
    try:
        if options.list:
            _list_sets(out)
            return 0
        if options.check or options.pin:
            return _check(options, out, err)
        if not options.sets:
            parser.print_usage(sys.stderr)
            err.print("Name at least one set, or 'all'. --list shows them.", markup=False)
            return EXIT_NO_DATA
        results = _score(options, err)
    except (DataError, MarsadError) as error:
        err.print(str(error), markup=False, highlight=False)
        return EXIT_NO_DATA
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    if options.json:
        out.file.write(as_json(results, options.errors) + "\n")
        return 0
    if options.markdown:
        out.file.write(as_markdown(results) + "\n")
        return 0
    show_results(out, results)
    for result in results:
        if options.errors and result.system != "baseline":
            show_errors(out, result, options.errors)
    return 0


def _choose(names: Sequence[str], *, given_file: bool = False) -> list[DataSet]:
    if "all" in names:
        return [s for s in DATA_SETS.values() if is_here(s)]
    unknown = [name for name in names if name not in DATA_SETS]
    if unknown:
        raise DataError(f"no set is called {unknown[0]!r}. There are: {', '.join(DATA_SETS)}.")
    if given_file and len(names) != 1:
        raise DataError("--file needs exactly one SET, whose format the file has.")
    return [DATA_SETS[name] for name in dict.fromkeys(names)]


def _score(options: argparse.Namespace, err: Console) -> list[Result]:
    reader = Reader(options.model)
    results = []
    chosen = _choose(options.sets, given_file=bool(options.file))
    loaded = [(s, load_rows(s, options.file, options.found)) for s in chosen]
    for data_set, all_rows in loaded:
        rows = sample_rows(take_half(all_rows, options.half), options.sample, options.seed)
        with _progress(err, data_set.name, len(rows)) as track:
            results.append(run_coder(data_set, rows, reader, track))
        err.print(describe_run(results[-1]), markup=False, highlight=False)
        if options.baseline:
            with _progress(err, f"{data_set.name}, baseline", len(rows)) as track:
                results.append(run_baseline(data_set, rows, track))
    return results


@contextmanager
def _progress(err: Console, name: str, rows: int) -> Iterator[Track]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    shown = Progress(
        *columns, TimeRemainingColumn(), console=err, transient=True, disable=not err.is_terminal
    )
    with shown as progress:
        task = progress.add_task(name, total=rows)

        def track(items: Iterable[Any]) -> Iterator[Any]:
            for item in items:
                yield item
                progress.advance(task)

        yield track


def _list_sets(out: Console) -> None:
    for data_set in DATA_SETS.values():
        here = "here" if is_here(data_set) else "not here" if data_set.files else "with --file"
        names = ", ".join(dict.fromkeys(m.capability for m in data_set.measures))
        out.print(f"{data_set.name:15} {here:12} {names}", markup=False, highlight=False)


def _check(options: argparse.Namespace, out: Console, err: Console) -> int:
    names = options.sets or list(floors.ROWS)
    chosen = [s for s in _choose(names) if s.name in floors.ROWS]
    absent = [s.name for s in chosen if not is_here(s)]
    if absent:
        err.print(f"Public data not here, not checked: {', '.join(absent)}.", highlight=False)
    reader = Reader(options.model)
    results = []
    for data_set in chosen:
        if data_set.name not in absent:
            rows = sample_rows(load_rows(data_set), floors.ROWS[data_set.name], floors.SEED)
            with _progress(err, data_set.name, len(rows)) as track:
                results.append(run_coder(data_set, rows, reader, track))
            err.print(describe_run(results[-1]), markup=False, highlight=False)
    show_results(out, results)
    if options.pin:
        floors.pin(results, _commit(), datetime.now(UTC).date().isoformat())
        out.print(f"Pinned {len(results)} set(s) in {floors.FLOORS}", highlight=False)
        return 0
    pinned = floors.read_floors()
    drops = [d for r in results for d in floors.find_drops(r, pinned, lambda m: err.print(m))]
    for drop in drops:
        err.print(f"Below its floor: {drop}", markup=False, highlight=False)
    if not drops:
        out.print("No score fell below its floor.")
    return EXIT_DROPPED if drops else 0


def _commit() -> str:
    """The commit the scores belong to, with '+' when files were changed since; '' without git."""
    try:
        run = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
        return subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


if __name__ == "__main__":
    raise SystemExit(main())
