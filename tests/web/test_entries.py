"""The page of one entry: what may be done there is done there, and its history tells it."""

from __future__ import annotations

import json
import re

import orjson
from county import DOCUMENT, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of, head_of
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.acts.schedule_entries import Schedule, schedule_entries
from luoshi.lists.move import permitted
from luoshi.store import definitions
from luoshi.store.entries import find, find_where, from_row
from luoshi.store.models import EntryRow, Evidence, Rating
from luoshi.web.desk import desk

PDF = b"%PDF-1.4 test"


def _offered(html):
    """The moves that have a form on the page of an entry."""
    return {part.split("/")[0] for part in html.split("/moves/")[1:]}


def _accepted_report(county):
    """A target and its accepted report of September: 45 of 60."""
    target = county.target("完成固定资产投资").id
    report = county.report(9, target, value="45", text="按计划推进")
    return target, report


def test_the_accepted_report_of_a_closed_month_is_corrected_on_its_page(county, sign_in):
    """30 of 60 by September, where 45 are expected; the closed month keeps its light and says what it would be."""
    target, report = _accepted_report(county)
    county.close(9)
    browser = sign_in(SUPERVISOR)
    assert f"/entries/{report}/moves/correct/" in browser.get(f"/entries/{report}/").content.decode()
    typed = {"version": str(find(report).version), "value": "30", "text": "核减重复统计", "evidence": _file()}
    refused = browser.post(f"/entries/{report}/moves/correct/", typed)
    assert refused.status_code == 422
    assert "请写明“更正”的理由" in refused.content.decode()
    assert 'value="30"' in refused.content.decode()
    assert not Evidence.objects.exists()
    again = {**typed, "evidence": _file(), "reason": "重复计入一个项目"}
    assert browser.post(f"/entries/{report}/moves/correct/", again).status_code == 302
    after = find(report)
    assert (after.state, str(after["value"]), after["text"]) == ("accepted", "30", "核减重复统计")
    page = browser.get(f"/entries/{report}/").content.decode()
    assert "理由：重复计入一个项目" in page
    assert "<del>45</del> → <ins>30</ins>" in page
    why = browser.get(f"/entries/{target}/why/2023-09/").content.decode()
    assert "由45亿元更正为30亿元（重复计入一个项目）" in why


def _file():
    return SimpleUploadedFile("核查.pdf", PDF)


def test_a_correction_is_offered_to_nobody_else_and_refused_to_them(county, sign_in):
    _, report = _accepted_report(county)
    for account in (desk_of(PLANNING), head_of(PLANNING)):
        browser = sign_in(account)
        assert "/moves/correct/" not in browser.get(f"/entries/{report}/").content.decode()
        answer = browser.post(f"/entries/{report}/moves/correct/", {"value": "30", "reason": "改"})
        assert answer.status_code == 403
    assert str(find(report)["value"]) == "45"


def test_a_stale_correction_is_refused(county, sign_in):
    _, report = _accepted_report(county)
    typed = {"version": "1", "value": "30", "reason": "改"}
    answer = sign_in(SUPERVISOR).post(f"/entries/{report}/moves/correct/", typed)
    assert answer.status_code == 409
    assert "刚刚被他人更新" in answer.content.decode()


def test_evidence_of_a_correction_can_be_read_by_the_unit(county, sign_in):
    _, report = _accepted_report(county)
    typed = {"version": str(find(report).version), "value": "30", "reason": "改", "evidence": _file()}
    assert sign_in(SUPERVISOR).post(f"/entries/{report}/moves/correct/", typed).status_code == 302
    kept = Evidence.objects.get()
    assert orjson.loads(EntryRow.objects.get(pk=report).values)["evidence"] == [kept.id]
    assert sign_in(desk_of(PLANNING)).get(f"/evidence/{kept.id}/").status_code == 200


def test_every_move_with_a_form_is_made_there_and_none_answers_that_it_has_its_own_page(county, sign_in):
    county.report(9, county.target("完成固定资产投资").id, value="45")
    browser = sign_in(SUPERVISOR)
    for name in ("plan", "task", "target", "report", "responsibility", "body", "post"):
        row = EntryRow.objects.filter(list=name).order_by("id").first()
        reader = desk(browser.get("/").wsgi_request)
        able = {
            move.name
            for move in permitted(definitions.version(row.definition), from_row(row), reader.actor, reader.roster)
        }
        offered = _offered(browser.get(f"/entries/{row.id}/").content.decode())
        assert offered <= able
        for move in offered:
            answer = browser.post(f"/entries/{row.id}/moves/{move}/", {"version": "0"})
            assert "须在专门的页面办理" not in answer.content.decode(), (name, move)


def _marked(html):
    """What is underlined in the document's words on the page of a task."""
    passage = html.partition('<div class="document" lang="zh-Hans" translate="no">')[2].partition("</div>")[0]
    return [re.sub("<[^>]*>", "", piece) for piece in re.findall(r"<a[^>]*href=\"#r-.*?</a>", passage, re.DOTALL)]


def test_after_a_new_edition_the_page_underlines_the_words_of_the_new_document(county, sign_in):
    """The text before grew by a line; what was achieved and is no longer listed has no place in it."""
    gone = county.target("建成绿色工厂").id
    move_entry(county.supervisor(9, 26), gone, "achieve", {"result_value": "11"})
    browser = sign_in(SUPERVISOR)
    before = _marked(browser.get("/tasks/5/").content.decode())
    text = "说明：本表自公布之日起施行，由县政府督查室负责解释。\n" + DOCUMENT.replace("，建成绿色工厂10家以上", "")
    county.adopt(9, 27, text)
    assert before
    assert _marked(browser.get("/tasks/5/").content.decode()) == before[:1]
    kept = browser.get(f"/entries/{county.target('单位GDP能耗').id}/").content.decode()
    assert f"文件全文第{text.index('3%')}至{text.index('3%') + 2}字" in kept
    assert "现行版次不再列入" in browser.get(f"/entries/{gone}/").content.decode()


def _scheduled(county, target):
    nodes = [
        {"id": "1", "name": "开工", "due_on": "2023-06-30"},
        {"id": "2", "name": "竣工", "due_on": "2023-12-20"},
    ]
    schedule_entries(county.supervisor(9, 25), [Schedule(target, {"schedule": "nodes", "nodes": nodes})])


def test_the_acceptance_of_a_node_is_told_by_itself_and_inputs_without_a_place_are_the_entrys_own(county, sign_in):
    target = find_where(PLAN, "task", kind="project")[0].id
    _scheduled(county, target)
    county.report(9, target, node="1", text="已开工")
    html = sign_in(SUPERVISOR).get(f"/entries/{target}/").content.decode()
    assert "第1个节点“开工”</dt><dd><del>未验收</del> → <ins>2023年9月28日验收</ins>" in html
    assert "取自本条目登记的内容，截至2023年9月30日。" in html
    assert '<th scope="col">取自</th>' not in html
    assert "这一条目不报累计数" in html or '<th scope="col" class="num">完成率(%)</th>' in html


def test_an_override_says_who_decided_when_and_why_beside_the_computed_light(county, sign_in):
    """45 of 60 by September, expected 45: green by the rules."""
    target, _ = _accepted_report(county)
    row = {"period": "2023-09", "colour": "yellow", "reason": "数据待核", "approver": "领甲"}
    move_entry(county.supervisor(9, 28), target, "override_light", {"light_override": [row]}, "数据待核")
    html = sign_in(SUPERVISOR).get(f"/entries/{target}/").content.decode()
    assert "人工定灯：规则算得“绿”，领甲2023年9月28日批准改为“黄”；理由：数据待核。" in html


def test_an_override_is_typed_and_told_by_the_words_of_its_colours(county, sign_in):
    target, _ = _accepted_report(county)
    browser = sign_in(SUPERVISOR)
    typed = {"light_override": "2023-09｜紫｜数据待核｜领甲", "reason": "数据待核"}
    refused = browser.post(f"/entries/{target}/moves/override_light/", typed).content.decode()
    assert "没有“紫”这种灯色，可用的是蓝、绿、黄、橙、红、灰。" in refused
    typed["light_override"] = "2023-09｜黄｜数据待核｜领甲"
    assert browser.post(f"/entries/{target}/moves/override_light/", typed).status_code == 302
    assert find(target)["light_override"][0]["colour"] == "yellow"
    html = browser.get(f"/entries/{target}/").content.decode()
    told = re.sub('class="[^"]*"|href="[^"]*"', "", html.partition('id="main"')[2])
    assert "<td>黄</td>" in html
    assert "2023-09｜黄｜数据待核｜领甲｜2023-09-28" in html
    assert "yellow" not in told


def test_the_rules_are_named_in_words_and_their_check_sum_stands_apart(county, sign_in):
    target, _ = _accepted_report(county)
    html = sign_in(SUPERVISOR).get(f"/entries/{target}/").content.decode()
    assert "所用规则：五色图（默认），第1版，2023年9月起用于本计划。规则来源：本系统约定" in html
    shown, _, hidden = html.partition("<summary><small>详情</small></summary>")
    version = json.loads(Rating.objects.get(entry_id=target, period="2023-09").light)["version"]
    assert version in hidden
    assert version not in shown


def test_an_entry_that_is_not_rated_shows_no_light(county, sign_in):
    row = EntryRow.objects.filter(list="responsibility").first()
    title = sign_in(SUPERVISOR).get(f"/entries/{row.id}/").content.decode().partition('<div class="title">')[2]
    assert "—" not in title.partition("</div>")[0]


def test_the_page_says_how_a_clock_stands_today(county, sign_in):
    """Seen on 28 September: a problem to be cured by the 26th is two days late, one by the 1st of October has three."""
    context = county.supervisor(9, 1)
    said = {}
    for due in ("2023-09-26", "2023-10-01"):
        problem = open_entry(context, "problem", PLAN, {"text": "山塘漏水", "origin": "audit"})
        move_entry(context, problem.id, "assign", {"body": PLANNING, "due_on": due})
        page = sign_in(SUPERVISOR).get(f"/entries/{problem.id}/").content.decode()
        said[due] = page.partition("<dt>整改时限</dt>")[2].partition("</dd>")[0]
    assert '<span class="tag late">已超期2天</span>' in said["2023-09-26"]
    assert "2023年9月1日起，2023年9月26日到期" in said["2023-09-26"]
    assert '<span class="tag flag">还有3天到期</span>' in said["2023-10-01"]
    assert "已进入到期前7天的预警期。" in said["2023-10-01"]
    assert page.partition("<h2>台账")[0].count("整改时限</dt>") == 1  # the clock tells the day of the field, once


def test_a_computed_column_is_explained_in_words_without_empty_columns(county, sign_in):
    problem = open_entry(county.supervisor(9, 1), "problem", PLAN, {"text": "山塘漏水", "origin": "audit"})
    page = sign_in(SUPERVISOR).get(f"/entries/{problem.id}/").content.decode()
    told = page.partition("<h2>计算结果")[2].partition("</section>")[0]
    assert "= “已登记”属于“待验收”、“已销号”、“已反弹”" in told
    assert "registered" not in told
    assert "取自本清单登记的内容，截至2023年9月28日。" in told
    assert '<th scope="col">日期' not in told
    assert '<th scope="col">取自' not in told


def test_clocks_stand_in_the_order_of_their_list(county, sign_in):
    typed = {
        "matter": "进度滞后",
        "origin": "report",
        "demand": "赶上。",
        "lead_body": PLANNING,
        "due_on": "2023-10-20",
    }
    slip = issue_slip(county.supervisor(9, 27), PLAN, typed)
    move_entry(acting(desk_of(PLANNING), at(9, 28)), slip.id, "receive", {})
    page = sign_in(SUPERVISOR).get(f"/entries/{slip.id}/").content.decode()
    told = re.findall(r'<dt>([^<]*)</dt><dd><span class="tag[^>]*>([^<]*)</span>', page)
    assert told == [("签收时限", "已按期完成"), ("退签时限", "已结束"), ("办结时限", "还有22天到期")]


def test_an_entry_is_shown_as_of_a_day_and_nothing_can_be_done_there(county, sign_in):
    target, _ = _accepted_report(county)
    move_entry(county.supervisor(9, 29), target, "amend", {"value": "66"}, "调增")
    client = sign_in(SUPERVISOR)
    then = client.get(f"/entries/{target}/?day=2023-09-26&view=known").content.decode()
    assert "当时所见：以下是截至2023年9月26日已记录的内容" in then
    assert "<dt>目标值</dt><dd>60</dd>" in then
    assert 'id="moves"' not in then
    now = client.get(f"/entries/{target}/?day=坏日子").content.decode()
    assert "<dt>目标值</dt><dd>66</dd>" in now
    assert client.get(f"/entries/{target}/?day=2022-12-31&view=held").status_code == 404


def test_a_body_is_renamed_on_its_own_page(county, sign_in):
    client = sign_in(SUPERVISOR)
    page = client.get(f"/entries/body:{PLANNING}/").content.decode()
    assert "新名称启用日期" in page
    assert "曾用名" not in page
    form = {"name": "云岭县发改统计局", "short_name": "发改统计局", "renamed_on": "2023-07-01", "reason": "机构改革"}
    answer = client.post(f"/entries/body:{PLANNING}/moves/rename/", form, follow=True)
    assert answer.status_code == 200
    assert "曾用名" in answer.content.decode()
    assert find(f"body:{PLANNING}")["short_name"] == "发改统计局"
