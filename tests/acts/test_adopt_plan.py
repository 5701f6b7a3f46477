"""Adopting: accepted proposals become entries; the next edition keeps, amends, withdraws and opens."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from county import DOCUMENT, HARBOUR, PLAN, PLANNING

from luoshi.acts import adopt_plan as module
from luoshi.acts.adopt_plan import Confirmed, adopt_plan
from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.acts.move_entry import move_entry
from luoshi.acts.preview_edition import preview_edition
from luoshi.acts.review import ACCEPTED, OPEN
from luoshi.acts.review_proposals import decide_proposals, reviewed
from luoshi.ledger.fold import fold
from luoshi.store import definitions
from luoshi.store.entries import find, find_where
from luoshi.store.facts import of_stream
from luoshi.store.models import DocumentRow, EntryRow, FactRow
from luoshi.terms.refusal import Refused

TWICE = DOCUMENT.replace("完成固定资产投资60亿元以上，", "完成固定资产投资60亿元以上，固定资产投资增长9%以上，")


def _with_a_first_task(text):
    """The document with a new first task; all others are counted one higher."""
    shifted = re.sub(r"(?m)^(\d)\.", lambda found: f"{int(found[1]) + 1}.", text)
    return shifted.replace(
        "（一）现代化产业体系方面\n\n",
        "（一）现代化产业体系方面\n\n1.抓好粮食生产。粮食播种面积稳定在12万亩以上。\n\n",
        1,
    )


def test_the_first_edition_opens_an_entry_for_each_proposal(county):
    row = county.planned().document()
    adoption = county.adopt(1, 10)
    assert adoption.edition.number == 1
    assert len(adoption.opened) == len(reviewed(row)) == EntryRow.objects.filter(list__in=("task", "target")).count()
    assert (adoption.amended, adoption.withdrawn, adoption.kept) == ((), (), ())
    plan = find(f"plan:{PLAN}")
    assert (plan.state, plan["edition"], plan["document"]) == ("running", 1, row.sha256)
    for item in plan["items"]:
        entry = find(str(item["entry"]))
        assert row.text[int(item["start"]) : int(item["end"])] == entry["quote"]
        assert fold(of_stream(entry.id), definitions.version) == entry
    assert FactRow.objects.filter(stream__startswith="t").values("act_id").distinct().count() == 1


def test_the_next_edition_keeps_amends_withdraws_and_opens(county):
    county.running()
    before = {entry["indicator"]: entry.id for entry in find_where(PLAN, "target")}
    changed = DOCUMENT.replace("投资60亿元", "投资65亿元").replace("，单位GDP能耗下降3%", "")
    changed = changed.replace("单位GDP能耗下降3%，", "").replace(
        "建成绿色工厂10家以上", "建成绿色工厂10家以上，新增光伏装机20兆瓦以上"
    )
    adoption = county.adopt(6, 10, changed)
    assert adoption.edition.number == 2
    assert adoption.amended == (before["完成固定资产投资"],)
    assert county.value(before["完成固定资产投资"], "value") == 65
    assert adoption.withdrawn == (before["单位GDP能耗"],)
    assert find(before["单位GDP能耗"]).state == "withdrawn"
    assert [find(name)["indicator"] for name in adoption.opened] == ["新增光伏装机"]
    assert before["建成绿色工厂"] in adoption.kept
    assert {item.entry for item in adoption.difference.dropped} == {before["单位GDP能耗"]}


def test_the_next_edition_gives_out_no_number_twice_and_points_into_its_own_document(county):
    county.running()
    changed = "县政府重点工作说明：本表自公布之日起施行。\n" + DOCUMENT.replace(
        "建成绿色工厂10家以上", "建成绿色工厂10家以上，新增光伏装机20兆瓦以上"
    )
    county.adopt(6, 10, changed)
    entries = [*find_where(PLAN, "target"), *find_where(PLAN, "task")]
    numbers = [str(entry["number"]) for entry in entries]
    assert len(numbers) == len(set(numbers))
    text = DocumentRow.objects.get(sha256=find(f"plan:{PLAN}")["document"]).text
    assert {text[int(e["start"]) : int(e["end"])] == e["quote"] for e in entries if e.state != "withdrawn"} == {True}


def test_a_task_put_in_before_the_others_renumbers_them_and_opens_only_its_own(county):
    county.running()
    before = {entry["name"]: entry.id for entry in find_where(PLAN, "task") if entry["kind"] == "task"}
    charged = county.target("建成绿色工厂")
    adoption = county.adopt(6, 10, _with_a_first_task(DOCUMENT))
    after = {entry["name"]: entry for entry in find_where(PLAN, "task") if entry["kind"] == "task"}
    assert {name: after[name].id for name in before} == before
    assert adoption.withdrawn == ()
    kept = find(charged.id)
    assert (kept.state, kept["lead_body"]) == ("assigned", charged["lead_body"])
    assert kept["task_number"] == charged["task_number"] + 1


def test_a_task_under_another_title_takes_over_what_is_kept_with_its_parts(county):
    """Task 1 has quite another title: the old one is withdrawn, its targets move to the new one; the parts of a target too."""
    county.running()
    whole = county.target("完成固定资产投资")
    parts = allocate_target(county.supervisor(1, 20), whole.id, [Part(HARBOUR, Decimal(20), "临港投资")])
    adoption = county.adopt(6, 10, "说明：本表自公布之日起施行。\n" + DOCUMENT.replace("扩大有效投资", "抓好重大工程"))
    kept, part = find(whole.id), find(parts[0].id)
    assert find(str(whole["task"])).state == "withdrawn"
    assert find(str(kept["task"]))["name"] == "抓好重大工程"
    assert adoption.withdrawn == (whole["task"],)
    assert (part.state, part["task"], part["sentence"]) == ("assigned", kept["task"], kept["sentence"])
    assert find_where(PLAN, "responsibility", commitment=part.id)[0].state == "standing"


def test_a_corrected_name_keeps_its_entry_with_assignment_and_reports(county):
    county.running()
    county.open(3)
    target, task = county.target("建成绿色工厂"), find(str(county.target("建成绿色工厂")["task"]))
    report = county.report(3, target.id, value="2", text="建成2家")
    text = DOCUMENT.replace("建成绿色工厂10家", "建成省级绿色工厂10家").replace("推进绿色发展", "推进绿色低碳发展")
    adoption = county.adopt(6, 10, text)
    after, home = find(target.id), find(task.id)
    assert (after["indicator"], after.state, after["lead_body"]) == (
        "建成省级绿色工厂",
        "assigned",
        target["lead_body"],
    )
    assert (home["name"], home.state) == ("推进绿色低碳发展", "assigned")
    assert (adoption.opened, adoption.withdrawn, adoption.renamed) == ((), (), {target.id, task.id})
    assert find(report)["commitment"] == target.id


def test_what_is_not_the_same_after_all_is_opened_anew(county):
    county.running()
    target = county.target("建成绿色工厂")
    row = county.document(DOCUMENT.replace("建成绿色工厂10家", "建成省级绿色工厂10家"))
    decide_proposals(county.supervisor(6, 10), row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
    apart = frozenset({target.id})
    shown = preview_edition(county.supervisor(6, 10), PLAN, row.sha256, apart)
    adoption = adopt_plan(county.supervisor(6, 10), PLAN, row.sha256, None, Confirmed(shown.digest, apart))
    assert adoption.withdrawn == (target.id,)
    assert [find(name)["indicator"] for name in adoption.opened] == ["建成省级绿色工厂"]


def test_the_difference_is_shown_before_anything_is_recorded(county):
    """One figure changed, one name corrected, one promise dropped, one new: 3 reports would be left behind."""
    county.running()
    county.open(3)
    gone = county.target("单位GDP能耗")
    county.report(3, gone.id, value="2.9", text="下降")
    county.close(3)
    text = DOCUMENT.replace("投资60亿元", "投资65亿元").replace("单位GDP能耗下降3%，", "")
    text = text.replace("建成绿色工厂10家以上", "建成省级绿色工厂10家以上，新增光伏装机20兆瓦以上")
    row = county.document(text)
    decide_proposals(county.supervisor(6, 10), row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
    facts = FactRow.objects.count()
    shown = preview_edition(county.supervisor(6, 10), PLAN, row.sha256)
    assert FactRow.objects.count() == facts
    assert find(f"plan:{PLAN}")["edition"] == 1
    assert [line.title for line in shown.added] == ["新增光伏装机"]
    assert [(line.title, line.body, line.reports) for line in shown.dropped] == [("单位GDP能耗", PLANNING, 1)]
    changes = {line.title: line.changes for line in shown.changed}
    assert changes["完成固定资产投资"] == (("目标值", "60", "65"),)
    assert changes["建成绿色工厂"] == (("指标", "建成绿色工厂", "建成省级绿色工厂"),)
    assert [line.title for line in shown.changed if line.is_renamed] == ["建成绿色工厂"]
    adoption = adopt_plan(county.supervisor(6, 10), PLAN, row.sha256, None, Confirmed(shown.digest))
    assert [len(adoption.opened), len(adoption.amended), len(adoption.withdrawn)] == [1, 2, 1]


def test_another_difference_than_the_one_confirmed_is_refused(county):
    county.running()
    row = county.document(DOCUMENT.replace("投资60亿元", "投资65亿元"))
    decide_proposals(county.supervisor(6, 10), row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
    shown = preview_edition(county.supervisor(6, 10), PLAN, row.sha256)
    move_entry(county.supervisor(6, 10), county.target("单位GDP能耗").id, "withdraw", {}, "不再实施")
    with pytest.raises(Refused) as refused:
        adopt_plan(county.supervisor(6, 10), PLAN, row.sha256, None, Confirmed(shown.digest))
    assert refused.value.refusal.id == "acts.other_difference"


def test_entries_of_a_county_without_placing_are_kept_where_they_were(county, settings, tmp_path):
    folder = tmp_path / "packs" / "county" / "lists"
    folder.mkdir(parents=True)
    for name in ("target", "task"):
        (folder / f"{name}.yaml").write_text(f"list: {name}\nmoves: {{place: null}}\n", "utf-8")
    settings.LUOSHI_HOME = str(tmp_path)
    assert "place" not in definitions.current("target").moves
    county.running()
    before = county.target("建成绿色工厂")
    adoption = county.adopt(6, 10, "说明：本表自公布之日起施行。\n" + DOCUMENT)
    assert before.id in adoption.kept
    assert county.target("建成绿色工厂") == before
    assert {item.entry: item.quote for item in adoption.edition.items}[before.id] == before["quote"]


def test_what_is_withdrawn_leaves_nobody_charged(county):
    county.running()
    gone = county.target("单位GDP能耗").id
    county.adopt(6, 10, DOCUMENT.replace("单位GDP能耗下降3%，", ""))
    charges = find_where(PLAN, "responsibility", commitment=gone)
    assert {entry.state for entry in charges} == {"relieved"}


def test_the_same_document_again_makes_no_edition(county):
    county.adopted()
    with pytest.raises(Refused) as refused:
        county.adopt(2, 1)
    assert refused.value.refusal.id == "acts.same_edition"


def test_two_targets_of_one_task_with_one_name_stay_two(county):
    """An amount and its growth are often named alike; the second edition must tell them apart."""
    county.planned()
    row = county.document(TWICE)
    context = county.supervisor(1, 10)
    from luoshi.acts.review_proposals import correct_proposal

    decide_proposals(context, row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
    for proposal in reviewed(row):
        if proposal.list == "target" and "固定资产投资" in str(proposal.fields["indicator"]):
            correct_proposal(context, row.sha256, proposal.id, {"indicator": "固定资产投资"})
    first = adopt_plan(context, PLAN, row.sha256)
    twins = find_where(PLAN, "target", indicator="固定资产投资")
    assert [str(entry["value"]) for entry in twins] == ["60", "9"]
    with pytest.raises(Refused) as refused:
        adopt_plan(county.supervisor(2, 10), PLAN, row.sha256)
    assert refused.value.refusal.id == "acts.same_edition"
    dropped = next(p.id for p in reviewed(row) if p.fields.get("value") == "9")
    decide_proposals(context, row.sha256, [dropped], OPEN)
    second = adopt_plan(county.supervisor(3, 10), PLAN, row.sha256)
    assert second.withdrawn == (twins[1].id,)
    assert second.opened == second.amended == ()
    assert len(second.kept) == len(first.opened) - 1


def test_what_was_achieved_stays_achieved_when_no_longer_listed(county):
    county.running()
    target = county.target("建成绿色工厂")
    move_entry(county.supervisor(6, 1), target.id, "achieve", {"result_value": "11"})
    adoption = county.adopt(6, 10, DOCUMENT.replace("，建成绿色工厂10家以上", ""))
    assert target.id not in adoption.withdrawn
    assert target.id not in adoption.edition.entries
    assert find(target.id).state == "achieved"


def test_nothing_accepted_is_refused(county):
    row = county.planned().document()
    with pytest.raises(Refused) as refused:
        adopt_plan(county.supervisor(1, 10), PLAN, row.sha256)
    assert refused.value.refusal.id == "acts.nothing_accepted"


def test_a_commitment_without_its_task_is_refused(county):
    row = county.planned().document()
    target = next(p for p in reviewed(row) if p.list == "target")
    decide_proposals(county.supervisor(1, 10), row.sha256, [target.id], ACCEPTED)
    with pytest.raises(Refused) as refused:
        adopt_plan(county.supervisor(1, 10), PLAN, row.sha256)
    assert refused.value.refusal.id == "acts.task_not_accepted"


def test_a_fault_in_the_middle_leaves_no_half_adopted_plan(county, monkeypatch):
    row = county.planned().document()
    before = FactRow.objects.count()
    decide_proposals(county.supervisor(1, 10), row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
    usual = module.append

    def fails(changes, act_id):
        usual(changes[: len(changes) // 2], act_id)
        raise OSError("no space left")

    monkeypatch.setattr(module, "append", fails)
    with pytest.raises(OSError, match="no space"):
        adopt_plan(county.supervisor(1, 10), PLAN, row.sha256)
    assert FactRow.objects.count() == before
    assert find(f"plan:{PLAN}")["edition"] is None
    assert not EntryRow.objects.filter(list="task").exists()
