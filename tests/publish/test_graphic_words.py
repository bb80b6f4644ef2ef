"""Graphic words are veiled in previews; what an act is called is not."""

import pytest

from marsad.publish.differences import Run, mark_differences
from marsad.publish.graphic_words import veil_graphic


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        ("Two men were beheaded.", "Two men were [graphic words]."),
        ("charred bodies lay in pools of blood", "[graphic words] lay in [graphic words]"),
        ("mutilated, dismembered corpses", "[graphic words] corpses"),
        ("Nine people were killed and two raped.", "Nine people were killed and two raped."),
        ("The body of law was burned into memory.", "The body of law was burned into memory."),
        ("Gorey Bridge", "Gorey Bridge"),
    ],
)
def test_words_that_paint_harm_are_veiled(text, veiled):
    assert veil_graphic(text) == veiled


def test_words_of_one_text_only_are_marked():
    one, other = mark_differences("killed 14 near Beni", "Killed 16 near Beni, a witness said")
    assert one == (Run("killed", False), Run("14", True), Run("near Beni", False))
    assert other[1] == Run("16", True)
    assert other[-1] == Run("a witness said", True)


def test_beside_nothing_nothing_differs():
    assert mark_differences("killed 14", "") == ((Run("killed 14", False),), ())
