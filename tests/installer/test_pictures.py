"""The programs that take pictures for the README and the manual."""

from __future__ import annotations

import inspect

import pytest

from installer import manual_pictures, model_pictures, picture_tour, pictures


@pytest.mark.parametrize("stop", manual_pictures.WANTED)
def test_the_tour_stops_where_a_picture_is_wanted(stop: str) -> None:
    number, _, name = stop.partition("_")
    assert name in inspect.getsource(picture_tour), f"no stop {number}"


def test_the_models_pictures_are_taken_on_the_light_screen() -> None:
    assert model_pictures.SCREEN_OF in pictures.DRESSES
