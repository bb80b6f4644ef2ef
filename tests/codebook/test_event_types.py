from typing import get_args

from marsad.codebook.event_types import load_event_types
from marsad.records import EventType


def test_every_event_type_has_an_entry_in_the_records_order():
    assert tuple(load_event_types()) == get_args(EventType)


def test_labels_are_distinct_and_definitions_are_sentences():
    entries = load_event_types().values()
    assert len({entry.label for entry in entries}) == len(entries)
    assert all(entry.definition.endswith(".") for entry in entries)
