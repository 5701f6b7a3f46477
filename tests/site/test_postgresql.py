"""The same county on PostgreSQL: founded, adopted, verified, replayed, served by the same commands."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = "试验县2023年重点任务\n1.做强工业。完成工业投资65亿元以上，争创国家森林城市。\n2.稳就业。城镇登记失业率控制在3%以内。\n"
OPENED = textwrap.dedent(
    """
    from datetime import date
    from luoshi.cli.started import start
    start()
    from luoshi.acts.assign_entries import Assignment, assign_entries
    from luoshi.acts.run_month import open_month
    from luoshi.cli.acting import acting
    from luoshi.store.models import EntryRow
    from luoshi.terms.period import Period
    desk, plan = acting("ducha"), EntryRow.objects.get(list="plan").plan
    given = [Assignment(row.id, "330624-001") for row in EntryRow.objects.filter(list="target")]
    assign_entries(desk, given)
    open_month(desk, plan, Period.parse("2023-09"), date(2023, 9, 28))
    """
)


@pytest.mark.postgres
def test_a_county_lives_on_postgresql_too(luoshi, environment, postgresql, tmp_path):
    home, path = tmp_path / "home", tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    from psycopg import connect

    place = {"host": postgresql["HOST"], "user": postgresql["USER"], "dbname": postgresql["NAME"]}
    with connect(**place, autocommit=True) as server:
        server.execute("CREATE DATABASE county")
    url = f"postgresql://{postgresql['USER']}@/county?host={postgresql['HOST']}"
    done = luoshi(home, "init", "--name", "试验县", "--code", "330624", "--admin", "ducha:督查室", "--database", url)
    assert done.returncode == 0, done.stderr
    assert not (home / "luoshi.sqlite3").exists()
    again = luoshi(
        tmp_path / "other", "init", "--name", "乙", "--code", "330625", "--admin", "b1:乙", "--database", url
    )
    assert again.returncode == 3, "another home must not take a county's database"
    assert not (tmp_path / "other").exists()
    assert luoshi(home, "adopt", path, "--yes", "--year", "2023").returncode == 0
    for command in ("verify", "replay", "coverage"):
        checked = luoshi(home, command)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    assert luoshi(home, "verify", "--checkpoint").returncode == 0
    assert "0个计划" in luoshi(home, "rate").stdout, "no month is open yet"
    subprocess.run([sys.executable, "-c", OPENED], env=environment(home), cwd=ROOT, check=True)
    rated = luoshi(home, "rate", "--workers", "2")
    assert rated.returncode == 0, rated.stderr
    assert "1个计划开放月份的2盏灯" in rated.stdout


def test_a_database_that_cannot_be_reached_is_refused_and_leaves_no_home(luoshi, tmp_path):
    url = "postgresql://luoshi:geheim@127.0.0.1:1/luoshi"
    done = luoshi(tmp_path / "home", "init", "--name", "甲", "--code", "330624", "--admin", "a1:甲", "--database", url)
    assert done.returncode == 3
    assert "数据库打不开" in done.stderr
    assert "geheim" not in done.stderr
    assert not (tmp_path / "home").exists()
