# SPDX-License-Identifier: Apache-2.0
"""A share of what ./dev crash does, small enough for every ./dev test.

Which k are in it changes from day to day, and so do the styles of delivery.
pytest -s shows the tables.
"""

import pytest

import crash

KILL_STEP = 24
ERROR_STEP = 60


def test_a_quiet_life_has_as_many_calls_as_ever():
    report = crash.Report(1)
    report.count()
    assert report.failures == []


@pytest.mark.parametrize("style", crash.STYLES)
def test_killed_at_any_call_nothing_is_lost_or_there_twice(style):
    report = crash.Report(KILL_STEP)
    report.head(f"killed at k = {report.first}, {report.first + KILL_STEP} ...")
    report.sweep(style, "kill")
    assert report.failures == []


def test_killed_again_while_it_recovers_it_still_loses_nothing():
    report = crash.Report(KILL_STEP)
    report.head(f"killed twice, {report.first}, {report.first + KILL_STEP} ...")
    report.sweep(crash.style_of_today(0), "kill", "twice")
    assert report.failures == []


@pytest.mark.parametrize("way", crash.ERRORS)
def test_a_call_that_fails_once_or_for_ever_loses_nothing(way):
    report = crash.Report(ERROR_STEP)
    report.head(f"failing at k = {report.first}, "
                f"{report.first + ERROR_STEP} ...")
    number = crash.ERRORS.index(way)
    report.sweep(crash.style_of_today(number), way)
    report.sweep(crash.style_of_today(number + 2), way, "ever")
    assert report.failures == []


def test_killed_at_random_with_its_children_it_loses_nothing():
    report = crash.Report(1)
    done = report.kill_randomly(20, 300)
    assert report.failures == []
    assert set(done.killed) >= {"docketd", "docket-worker"}
