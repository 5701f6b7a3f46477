"""Nodes are ticked and dated in the sheet, without a script too, and the head and the supervisor see which."""

from __future__ import annotations

import orjson
from county import PLAN, PLANNING, desk_of, head_of
from september import SHEET, report_on

from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.store.entries import find_where


def _by_nodes(county):
    """A project of planning with three nodes, the first accepted in August already."""
    project = next(e for e in find_where(PLAN, "task", lead_body=PLANNING) if e["kind"] != "task")
    dated = (("1", "开工", "2023-06-30"), ("2", "主体完工", "2023-09-20"), ("3", "竣工", "2023-12-20"))
    nodes = [{"id": number, "name": name, "due_on": due} for number, name, due in dated]
    schedule_entries(county.supervisor(9, 25), [Schedule(project.id, {"schedule": "nodes", "nodes": nodes})])
    return project.id


def _ticked(identity, **cells):
    return {"row": f"1|{identity}", **{f"1-{name}": value for name, value in cells.items()}}


def test_nodes_are_ticked_and_dated_and_the_reviewer_is_told_which(county, sign_in):
    project = _by_nodes(county)
    officer = sign_in(desk_of(PLANNING))
    html = officer.get(SHEET).content.decode()
    assert html.count('type="checkbox" ') >= 3
    assert "主体完工" in html
    assert 'name="1-node-3"' not in html  # not due by the end of the month: no day is asked for
    posted = _ticked(project, text="主体完工", **{"node": ["", "1", "2"], "node-2": "2023-09-18", "node-1": ""})
    assert officer.post(SHEET, posted).status_code == 302
    assert orjson.loads(report_on(project).values)["node"] == "1、2（2023年9月18日）"
    again = officer.get(SHEET).content.decode()
    assert 'value="2023-09-18"' in again
    waiting = sign_in(head_of(PLANNING)).get("/sign/").content.decode()
    for told in ("0/3个节点", "2/3个节点", "新报完成第1个节点“开工”；新报完成第2个节点“主体完工”"):
        assert told in waiting


def test_a_row_without_a_newly_reached_node_says_so_and_unticking_withdraws_the_claim(county, sign_in):
    project = _by_nodes(county)
    officer = sign_in(desk_of(PLANNING))
    officer.post(SHEET, _ticked(project, text="推进", node=["", "1"]))
    officer.post(SHEET, _ticked(project, text="推进", node=""))
    assert not orjson.loads(report_on(project).values).get("node")
    assert "没有新报节点" in sign_in(head_of(PLANNING)).get("/sign/").content.decode()
