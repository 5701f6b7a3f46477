"""docs/own-list.md, step by step: a list of a county's own, without a program, a migration or a restart."""

from __future__ import annotations

import re
from datetime import date

import pytest
from click.testing import CliRunner
from county import EDUCATION, HIGH_TECH, PLAN, SUPERVISOR, desk_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.cli.check import command as check
from luoshi.cli.group import DONE, FAILED
from luoshi.store import definitions
from luoshi.store.entries import find_where
from luoshi.store.models import EntryRow


@pytest.fixture
def blocks(root):
    return re.findall(r"```yaml\n(.*?)```", (root / "docs" / "own-list.md").read_text("utf-8"), re.DOTALL)


@pytest.fixture
def pack(settings, tmp_path):
    """An empty pack of the county's own."""
    settings.LUOSHI_HOME = tmp_path
    for kind in ("lists", "examples"):
        (tmp_path / "packs" / "本县" / kind).mkdir(parents=True)
    return tmp_path / "packs" / "本县"


def _written(pack, kind, text):
    (pack / kind / "pond.yaml").write_text(text, "utf-8")
    definitions._signature_at.cache_clear()  # looked at once a second


def _checked(pack, monkeypatch):
    monkeypatch.setenv("LUOSHI_HOME", str(pack.parents[1]))
    return CliRunner().invoke(check, standalone_mode=False)


def test_the_guide_as_it_stands(blocks, pack, county, sign_in, monkeypatch):
    # first and second step: the file alone makes pages and forms
    _written(pack, "lists", blocks[0])
    assert "山塘整治" in sign_in(SUPERVISOR).get("/lists/").content.decode()
    client = sign_in(SUPERVISOR)
    form = client.get("/lists/pond/open/file/")
    assert form.status_code == 200
    assert "计划投资" in form.content.decode()
    assert f'value="{HIGH_TECH}"' in form.content.decode()
    assert f'value="{EDUCATION}"' not in form.content.decode()
    other = client.post("/lists/pond/open/file/", {"name": "上塘", "town": EDUCATION, "planned": "80"})
    assert "“所在乡镇（片区）”不能填“教育局”：这一栏要的不是这一类单位。" in other.content.decode()
    refused = client.post("/lists/pond/open/file/", {"name": "上塘", "town": HIGH_TECH, "planned": "八十"})
    assert refused.status_code == 422
    assert 'value="八十"' in refused.content.decode()
    client.post("/lists/pond/open/file/", {"name": "上塘", "town": HIGH_TECH, "planned": "80"})
    client.post("/lists/pond/open/file/", {"name": "下塘", "town": HIGH_TECH, "planned": "20"})
    numbers = [entry["number"] for entry in find_where(PLAN, "pond")]
    assert [number[-10:] for number in numbers] == ["山塘〔2023〕1号", "山塘〔2023〕2号"]

    todo = sign_in(desk_of(HIGH_TECH)).get("/todo/").content.decode()
    assert "上塘" in todo
    assert "开工" in todo

    # third step: clocks; what was opened before keeps the definition it was opened under
    _written(pack, "lists", blocks[0] + blocks[1])
    old = find_where(PLAN, "pond")[0]
    sign_in(desk_of(HIGH_TECH)).post(f"/entries/{old.id}/moves/start/", {"version": "1"})
    assert EntryRow.objects.get(pk=old.id).state == "building"
    assert find_where(PLAN, "pond")[0].clocks == {}
    client = sign_in(SUPERVISOR)
    client.post("/lists/pond/open/file/", {"name": "新塘", "town": HIGH_TECH, "planned": "50"})
    new = find_where(PLAN, "pond")[2]
    sign_in(desk_of(HIGH_TECH)).post(f"/entries/{new.id}/moves/start/", {"version": "1"})
    assert find_where(PLAN, "pond")[2].clocks["build"].due_on == date(2023, 12, 27)  # 28 September + 90 days

    # fourth step: computed columns and measures, with why
    _written(pack, "lists", blocks[0] + blocks[1] + blocks[2])
    client = sign_in(desk_of(HIGH_TECH))
    client.post(f"/entries/{new.id}/moves/pay/", {"version": "2", "paid": "20"})
    client.post(f"/entries/{old.id}/moves/pay/", {"version": "2", "paid": "40"})
    page = sign_in(SUPERVISOR).get("/lists/pond/").content.decode()
    assert "总支付率" in page
    assert "40.0%" in page  # 60 ÷ 150
    assert "60 ÷ 150" in page
    entry = sign_in(SUPERVISOR).get(f"/entries/{new.id}/").content.decode()
    assert "20 ÷ 50" in entry

    # fifth step: the example proves it, and says so when it no longer does
    _written(pack, "examples", blocks[3])
    assert _checked(pack, monkeypatch).return_value == DONE
    _written(pack, "lists", (blocks[0] + blocks[1] + blocks[2]).replace("length: 90 days", "length: 60 days"))
    said = _checked(pack, monkeypatch)
    assert said.return_value == FAILED
    assert "时限“build”的到期日应为2023-06-08，实为2023-05-09" in said.output


def test_of_few_entries_a_unit_is_not_told_the_measures(blocks, pack, county, sign_in):
    _written(pack, "lists", blocks[0] + blocks[2])
    for number in range(2):
        sign_in(SUPERVISOR).post("/lists/pond/open/file/", {"name": f"塘{number}", "town": HIGH_TECH, "planned": "80"})
    assert "总支付率" in sign_in(SUPERVISOR).get("/lists/pond/").content.decode()
    assert "总支付率" not in sign_in(desk_of(HIGH_TECH)).get("/lists/pond/").content.decode()
    sign_in(SUPERVISOR).post("/lists/pond/open/file/", {"name": "塘又", "town": HIGH_TECH, "planned": "80"})
    assert "总支付率" in sign_in(desk_of(HIGH_TECH)).get("/lists/pond/").content.decode()


def _queries(client):
    with CaptureQueriesContext(connection) as captured:
        client.get("/lists/pond/")
    return len(captured)


def test_a_list_that_computes_asks_no_more_for_more_rows(blocks, pack, county, sign_in):
    _written(pack, "lists", blocks[0] + blocks[2])
    client = sign_in(SUPERVISOR)
    for number in range(3):
        client.post("/lists/pond/open/file/", {"name": f"塘{number}", "town": HIGH_TECH, "planned": "80"})
    client.get("/lists/pond/")
    few = _queries(client)
    for number in range(12):
        client.post("/lists/pond/open/file/", {"name": f"塘又{number}", "town": HIGH_TECH, "planned": "80"})
    assert _queries(client) == few


def test_a_missing_parameter_is_said_and_the_page_still_stands(settings, pack, county, sign_in):
    settings.LUOSHI_PACKS = ["national", "output-per-mu"]
    definitions._signature_at.cache_clear()
    client = sign_in(SUPERVISOR)
    client.post(
        "/lists/firm_appraisal/open/collect/",
        {"firm": "甲厂", "group": "large", "body": HIGH_TECH, "tax": "9", "owned": "3"},
    )
    page = client.get("/lists/firm_appraisal/")
    assert page.status_code == 200
    assert "没有取值" in page.content.decode()
    assert "甲厂" in page.content.decode()
