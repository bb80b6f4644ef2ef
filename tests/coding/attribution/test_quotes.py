"""Where quotations open and close, without a parse."""

import pytest

from marsad.coding.attribution.quotes import find_quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "stay away" and left.', ['"stay away"']),
        ("He said “stay away” and left.", ["“stay away”"]),
        ("He said 'stay away' and left.", ["'stay away'"]),
        ("The rebels' base and the army's camp", []),
        ("She said 'the rebels' base is gone' today.", ["'the rebels' base is gone'"]),
        ('One "two" three "four".', ['"two"', '"four"']),
        ('An "open mark that is never\n\ntaken up again.', []),
        ("", []),
    ],
)
def test_quotations_are_found_by_their_marks(base_nlp, text, quotes):
    doc = base_nlp.make_doc(text)
    assert [doc[q.start : q.end].text for q in find_quotes(doc)] == quotes


def test_quotation_reopened_in_the_next_paragraph_continues(base_nlp):
    doc = base_nlp.make_doc('"First part.\n\n"Second part."')
    first, second = find_quotes(doc)
    assert first.runs_on
    assert second.continues
