"""填报: an old page changes only what was changed on it, and nothing typed is lost without a word."""

from __future__ import annotations

import html
import re

import pytest
from county import PLANNING, desk_of, head_of
from september import SHEET

from luoshi.store.entries import find
from luoshi.store.models import Draft
from luoshi.store.reports import report_id
from luoshi.terms.period import Period

SEPTEMBER = Period.parse("2023-09")


class Tab:
    """One window with the sheet as it was when it was opened."""

    def __init__(self, client):
        self.client = client
        text = client.get(SHEET).content.decode()
        self.form = {}
        self.rows = []
        for tag in re.findall(r"<input [^>]*>", text):
            named = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if named.get("name") == "row":
                self.rows.append(html.unescape(named["value"]))
            elif named.get("name", "").endswith(("-value", "-shown", "-base")):
                self.form[named["name"]] = html.unescape(named.get("value", ""))
        for name, content in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)</textarea>', text):
            self.form[name] = html.unescape(content)

    def number(self, target):
        return next(row.partition("|")[0] for row in self.rows if row.endswith(f"|{target}"))

    def type(self, target, name="value", text=""):
        self.form[f"{self.number(target)}-{name}"] = text
        return self

    def submit(self):
        return self.client.post(SHEET, {**self.form, "row": self.rows})

    def save(self):
        return self.client.post(f"{SHEET}draft/", {**self.form, "row": self.rows})


@pytest.fixture
def desk(county, sign_in):
    return sign_in(desk_of(PLANNING))


@pytest.fixture
def pair(county):
    return county.target("完成固定资产投资").id, county.target("建成绿色工厂").id


def reported(target, name="value"):
    return str(find(report_id(target, SEPTEMBER))[name])


def test_what_was_not_touched_in_an_old_tab_stays_as_it_was_reported_since(desk, pair):
    first, second = pair
    desk.post(f"{SHEET}draft/", {**Tab(desk).type(second, text="1.5").form, "row": Tab(desk).rows})
    old, new = Tab(desk), Tab(desk)
    new.type(second, text="2").submit()
    old.type(first, text="45").submit()
    assert (reported(first), reported(second)) == ("45", "2")


def test_a_draft_of_one_tab_does_not_wipe_what_another_typed(desk, pair):
    first, second = pair
    old, new = Tab(desk), Tab(desk)
    new.type(second, text="7").save()
    old.type(first, text="45").save()
    text = Draft.objects.get().content
    assert '"7"' in text
    assert '"45"' in text


def test_the_same_cell_changed_in_both_is_told_and_goes_through_when_sent_again(desk, pair):
    first, _ = pair
    old, new = Tab(desk), Tab(desk)
    new.type(first, text="40").save()
    answer = old.type(first, text="45").submit()
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "刚在别处改为“40”" in text
    assert 'value="45"' in text
    Tab(desk).submit()
    assert reported(first) == "45"


def test_what_is_typed_back_to_what_was_shown_is_taken_after_a_save(desk, pair):
    """The script puts what stands now into the page after each save."""
    first, _ = pair
    tab = Tab(desk)
    saved = tab.type(first, text="40").save().content.decode()
    number = tab.number(first)
    told = re.search(rf'name="{number}-shown"[^>]*value="([^"]*)"', saved)
    tab.form[f"{number}-shown"] = html.unescape(told[1])
    tab.type(first, text="").save()
    assert not any('"40"' in draft.content for draft in Draft.objects.all())


def test_a_change_to_a_row_that_was_signed_meanwhile_is_told_with_what_was_typed(county, desk, pair):
    first, second = pair
    Tab(desk).type(first, text="40").submit()
    old = Tab(desk).type(first, text="41").type(second, text="7")
    county.sign(9, [report_id(first, SEPTEMBER)])
    answer = old.submit()
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "没有收下" in text
    assert "本月累计：41" in text, "what was typed is there to be copied"
    assert reported(first) == "40"
    assert '"7"' in Draft.objects.get().content, "and the rest is kept"


def test_after_the_closing_what_was_typed_is_shown_to_be_copied(county, sign_in, desk, pair):
    first, _ = pair
    old = Tab(desk).type(first, text="41").type(first, "text", "写了很久的一段话")
    county.close(9)
    answer = sign_in(desk_of(PLANNING)).post(SHEET, {**old.form, "row": old.rows})
    assert answer.status_code == 409
    assert "写了很久的一段话" in answer.content.decode()


@pytest.mark.parametrize("shown", ["", "{", "[]", '"x"'])
def test_a_page_that_does_not_say_what_it_showed_is_taken_whole(desk, pair, shown):
    first, _ = pair
    tab = Tab(desk).type(first, text="45")
    for name in [name for name in tab.form if name.endswith("-shown")]:
        tab.form[name] = shown
    tab.submit()
    assert reported(first) == "45"


def test_the_head_has_no_form_to_be_stale(county, sign_in):
    assert "-shown" not in sign_in(head_of(PLANNING)).get(SHEET).content.decode()


def test_a_save_answers_for_the_rows_that_were_typed_into_alone(desk, pair):
    investment, factories = pair
    tab = Tab(desk)
    answer = tab.type(investment, text="11").save().content.decode()
    assert f'id="light-{tab.number(investment)}"' in answer
    assert f'id="light-{tab.number(factories)}"' not in answer
    assert "1项尚未提交" in answer
    answer = tab.type(factories, text="3").save().content.decode()  # the page was not told: both are as if new
    assert f'id="light-{tab.number(investment)}"' in answer
    assert "2项尚未提交" in answer
    nothing = Tab(desk).save().content.decode()
    assert 'id="light-' not in nothing
    assert "2项尚未提交" in nothing


def test_saving_while_typing_does_not_use_up_what_the_next_page_is_to_tell(desk, pair):
    tab, other = Tab(desk).type(pair[0], text="12"), Tab(desk).type(pair[1], text="3")
    desk.post(f"{SHEET}draft/?page=1", {**tab.form, "row": tab.rows})  # its word waits for the page to come
    other.save()
    assert "草稿已存，尚未提交。" in desk.get(SHEET).content.decode()
