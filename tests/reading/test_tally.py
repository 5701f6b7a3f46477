"""Tallies of states are told from figures of a thing."""

import pytest

from luoshi.reading.progress import progress_statements
from luoshi.reading.tally import tally_span


@pytest.mark.parametrize(
    "text",
    [
        "截至6月底，222项任务中，完成24项、正常推进162项、滞后17项。",
        "目前，145项任务已完成98项，正常推进40项，滞后7项。",
        "40项重点任务已完成12项，达序时进度25项，欠进度3项。",
        "目前已办结6项，正在办理16项。",
        "年度目标中，已完成3个，未达序时2个。",
        "上半年，县教育局牵头的8项任务，完成3项、正常推进5项。",
    ],
)
def test_counts_of_tasks_by_state_are_a_tally(text):
    assert tally_span(text, 0, len(text)) is not None
    assert all(one.is_tally for one in progress_statements(text, 0, len(text), 2023))


@pytest.mark.parametrize(
    "text",
    [
        "15个幸福院已完成8个、正在建设5个。",
        "36个重点项目已开工20个，已完工8个。",
        "已完成3项改革。",
        "新建泵站3座，改造管网12公里。",
        "截至6月底，已举办科技对接活动28场。",
        "",
    ],
)
def test_counts_of_a_named_thing_are_none(text):
    assert tally_span(text, 0, len(text)) is None
    assert not any(one.is_tally for one in progress_statements(text, 0, len(text), 2023))
