from __future__ import annotations

import pytest

from luoshi.publication.legend import ShownLight, light_of

RED = ShownLight("red", "红灯", "✖")


def test_a_light_is_shown_by_shape_and_word():
    assert RED.shown == "✖ 红灯"
    assert ShownLight("late", "未达序时", "").shown == "未达序时"


def test_a_light_outside_the_legend_is_an_error():
    assert light_of((RED,), "red") is RED
    with pytest.raises(KeyError, match="green"):
        light_of((RED,), "green")
