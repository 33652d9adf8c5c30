"""Local times made moments: the hour that does not exist, the hour that comes twice (ruling 11)."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from content.windows import comes_twice, moment_of
from members.states import Invalid

NEW_YORK = ZoneInfo("America/New_York")


def test_a_time_on_the_wall_is_a_moment():
    winter, summer = moment_of(datetime(2027, 1, 5, 9, 30), NEW_YORK), moment_of(datetime(2027, 7, 5, 9, 30), NEW_YORK)
    assert winter.astimezone(UTC) == datetime(2027, 1, 5, 14, 30, tzinfo=UTC)
    assert summer.astimezone(UTC) == datetime(2027, 7, 5, 13, 30, tzinfo=UTC)


@pytest.mark.sop("2.0")
@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_does_not_exist_is_refused_at_its_field(fold):
    with pytest.raises(Invalid) as refusal:
        moment_of(datetime(2027, 3, 14, 2, 30), NEW_YORK, fold, field="ends_at")
    assert refusal.value.field == "ends_at"
    assert moment_of(datetime(2027, 3, 14, 3, 0), NEW_YORK, fold).astimezone(UTC).hour == 7


def test_in_the_hour_that_comes_twice_the_fold_says_which():
    local = datetime(2027, 11, 7, 1, 30)
    first, second = (moment_of(local, NEW_YORK, fold).astimezone(UTC) for fold in (0, 1))
    assert (first.hour, second.hour) == (5, 6)
    assert comes_twice(local, NEW_YORK)
    assert not comes_twice(datetime(2027, 11, 7, 3, 30), NEW_YORK)
    assert not comes_twice(datetime(2027, 3, 14, 2, 30), NEW_YORK)
