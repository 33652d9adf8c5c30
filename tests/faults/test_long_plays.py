"""A hundred plays of measures that were not played before."""

import pytest

from tests.faults.ground import Tally
from tests.moderation.measure_plays import play
from tests.moderation.test_measure_interleavings import world

__all__ = ["world"]


@pytest.mark.long
def test_many_more_plays_of_measures_end_true(world, tell):
    play(world, 100, derandomize=False)
    tell(Tally("plays: a hundred interleavings of measures not played before", acts=100))
