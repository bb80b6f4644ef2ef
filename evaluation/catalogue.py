"""The data sets by name, and the rows of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evaluation.base import DataError, DataSet, Row, data_folder, read_rows
from evaluation.sets.airwars import Airwars
from evaluation.sets.case2021 import Case2021
from evaluation.sets.event_location import EventLocation
from evaluation.sets.groups import Groups, read_groups
from evaluation.sets.gva import Gva
from evaluation.sets.muc4 import Muc4
from evaluation.sets.plover import Plover
from evaluation.sets.polnear import Polnear
from evaluation.sets.sample import Sample
from evaluation.sets.toponyms import Toponyms

OWN = Path(__file__).parent / "sample"

DATA_SETS: dict[str, DataSet] = {
    data_set.name: data_set
    for data_set in (
        Sample(),
        Gva(),
        Airwars(),
        Polnear(),
        Toponyms("trnews", "trnews.jsonl", 0.86, 0.92),
        Toponyms("lgl", "lgl.jsonl", 0.80, 0.85),
        EventLocation(),
        Case2021(),
        Plover(),
        Muc4(),
        Groups(),
    )
}


def find_files(data_set: DataSet) -> list[Path]:
    """Where a set's files lie.

    Raises:
        DataError: they are not here; the message says what to do.
    """
    if data_set.name == "sample":
        return [OWN / name for name in data_set.files]
    if not data_set.files:
        raise DataError(f"{data_set.name} has no data of its own: give --file PATH.")
    folder = data_folder()
    if folder is None:
        raise DataError(
            f"the public data for {data_set.name} is not here. Put its files into ../shared/data "
            f"or the folder named by MARSAD_EVALUATION_DATA, or give --file PATH; "
            f"evaluation/README.md says where each set is from."
        )
    return [folder / name for name in data_set.files]


def is_here(data_set: DataSet) -> bool:
    """Whether all files of a set are here."""
    try:
        return all(path.is_file() for path in find_files(data_set))
    except DataError:
        return False


def load_rows(
    data_set: DataSet, paths: Sequence[Path] = (), found: Path | None = None
) -> list[Row]:
    """The rows of a set, from its own files or from the given ones.

    Raises:
        DataError: a file is missing or not in the set's format.
    """
    if isinstance(data_set, Groups):
        if len(paths) != 1:
            raise DataError(
                "grouping compares two groupings: give one --file GOLD, and --found FOUND "
                "unless GOLD has a 'group' beside each 'gold'."
            )
        return read_groups(paths[0], found)
    return [row for path in (paths or find_files(data_set)) for row in read_rows(path)]
