"""A home: founded once, verified, backed up; what was tampered with is named."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest

from luoshi.cli.founding import making
from luoshi.cli.home import require_openid_settings, require_people_settings, write_configuration
from luoshi.terms.refusal import Refused


def test_an_altered_fact_is_named_by_verify_and_by_replay(luoshi, county):
    with sqlite3.connect(county / "luoshi.sqlite3") as database:
        guards = database.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'store_factrow_no_%'").fetchall()
        for name, _ in guards:
            database.execute(f"DROP TRIGGER {name}")
        database.execute(
            "UPDATE store_factrow SET payload = replace(payload, '县府办', '县政办') WHERE stream LIKE 'body:%'"
        )
        for _, sql in guards:
            database.execute(sql)
    database.close()
    checked = luoshi(county, "verify")
    assert checked.returncode == 1
    assert "body:330624-001@1" in checked.stderr
    assert "内容与其哈希不符" in checked.stderr
    replayed = luoshi(county, "replay")
    assert replayed.returncode == 1
    assert "body:330624-001" in replayed.stderr


def test_missing_guards_stop_the_server_and_are_named_by_verify(luoshi, county):
    with sqlite3.connect(county / "luoshi.sqlite3") as database:
        database.execute("DROP TRIGGER store_factrow_no_delete")
    database.close()
    checked = luoshi(county, "verify")
    assert checked.returncode == 1
    assert "store_factrow_no_delete" in checked.stderr
    served = luoshi(county, "serve", "--port", "8765")
    assert served.returncode == 3
    assert "store_factrow_no_delete" in served.stderr


def test_a_cut_tail_is_found_by_the_head_and_by_the_checkpoint(luoshi, county):
    assert luoshi(county, "verify", "--checkpoint").returncode == 0
    with sqlite3.connect(county / "luoshi.sqlite3") as database:
        guards = database.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'store_factrow_no_%'").fetchall()
        for name, _ in guards:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("DELETE FROM store_factrow WHERE stream LIKE 'post:%'")
        database.execute("DELETE FROM store_streamheadrow WHERE stream LIKE 'post:%'")
        for _, sql in guards:
            database.execute(sql)
    database.close()
    checked = luoshi(county, "verify")
    assert checked.returncode == 1
    assert "第1号检查点" in checked.stderr
    assert "post:330624-001" in checked.stderr


def test_a_backup_becomes_a_home_again_and_a_damaged_one_does_not(luoshi, county, tmp_path):
    backup, other = tmp_path / "备份.tar", tmp_path / "other"
    assert luoshi(county, "backup", str(backup)).returncode == 0
    restored = luoshi(other, "restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert (other / "luoshi.toml").read_bytes() == (county / "luoshi.toml").read_bytes()
    damaged = Path(tmp_path / "damaged.tar")
    content = bytearray(backup.read_bytes())
    place = content.find("县府办".encode())
    content[place : place + 3] = "州".encode()
    damaged.write_bytes(content)
    refused = luoshi(tmp_path / "third", "restore", str(damaged))
    assert refused.returncode == 3
    assert "tables/" in refused.stderr
    assert not (tmp_path / "third" / "luoshi.toml").exists()


def test_a_home_is_never_initialised_twice(luoshi, county):
    before = (county / "luoshi.toml").read_bytes()
    again = luoshi(county, "init", "--name", "别县", "--code", "330625", "--admin", "a1:甲")
    assert again.returncode == 3
    assert (county / "luoshi.toml").read_bytes() == before


INIT = ("init", "--name", "试验县", "--code", "330624", "--year", "2023", "--admin", "ducha:督查室")


def _broken_off(home, environment, root, point):
    """``luoshi init`` killed when it comes to this function; what it left stays."""
    killed = f"""
        import os, signal, sys
        from importlib import import_module
        module, _, name = {point!r}.rpartition(".")
        setattr(import_module(module), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        from luoshi.site.console import main
        sys.argv[1:] = {list(INIT)!r}
        main()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(killed)], env=environment(home), cwd=root,
        capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize(
    "point", ["luoshi.cli.init.write_configuration", "luoshi.cli.started.migrate", "luoshi.cli.init._conclude"]
)
def test_an_init_that_was_killed_is_done_again_by_the_next(luoshi, environment, root, tmp_path, point):
    home = tmp_path / "home"
    _broken_off(home, environment, root, point)
    if not point.endswith("_conclude"):
        served = luoshi(home, "verify")
        assert served.returncode == 3
        assert "重新运行 luoshi init" in served.stderr
        again = luoshi(home, *INIT)
        assert again.returncode == 0, again.stderr
    assert luoshi(home, "verify").returncode == 0
    assert luoshi(home, *INIT).returncode == 3
    assert not (home / "init.unfinished").exists()


def test_two_inits_at_once_do_not_clear_each_others_work(luoshi, tmp_path):
    home = tmp_path / "home"
    with making(home):
        (home / "luoshi.toml").write_text("kept = true", "utf-8")
        refused = luoshi(home, *INIT)
        assert refused.returncode == 3
        assert "正由另一个" in refused.stderr
        assert (home / "luoshi.toml").exists()


def test_a_demo_never_takes_the_place_of_a_real_county(luoshi, county):
    refused = luoshi(county, "demo", "--no-serve")
    assert refused.returncode == 3
    assert (county / "luoshi.sqlite3").exists()


def test_settings_are_written_so_that_they_can_be_read_and_by_nobody_else(tmp_path):
    settings = {
        "secret_key": 'a"b\\c',
        "county": {"name": "新\n昌", "年": 3},
        "server": {"hosts": ["a"], "https": True},
    }
    path = write_configuration(tmp_path, settings)
    assert tomllib.loads(path.read_text("utf-8")) == settings
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ('second_factor = ["supervisors"]', "没有“supervisors”这种角色"),
        ('second_factor = "supervisor"', "没有“supervisor”这种角色"),
        ("idle_minutes = 0", "应为1至1440的整数"),
        ('idle_minutes = "半小时"', "应为1至1440的整数"),
    ],
)
def test_settings_of_signing_in_that_would_mean_nothing_are_refused(people, said):
    """A role written wrongly would leave everybody of it without a second factor, and nobody would know."""
    table = tomllib.loads(people)
    with pytest.raises(Refused) as refused:
        require_people_settings(table)
    assert refused.value.refusal.id == "cli.bad_people_settings"
    assert said in refused.value.refusal.message


def test_settings_of_signing_in_reach_the_site(luoshi, county):
    path = county / "luoshi.toml"
    before = path.read_text("utf-8")
    path.write_text(before + '\n[people]\nsecond_factor = ["leader"]\nidle_minutes = 10\n', "utf-8")
    code = (
        "from django.conf import settings as s; s.configured or s._setup();"
        "print(s.LUOSHI_SECOND_FACTOR, s.SESSION_COOKIE_AGE)"
    )
    environment = {**os.environ, "LUOSHI_HOME": str(county), "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['leader'] 600"
    path.write_text(before + '\n[people]\nsecond_factor = ["nobody"]\n', "utf-8")
    refused = luoshi(county, "accounts")
    path.write_text(before, "utf-8")
    assert refused.returncode == 3
    assert "没有“nobody”这种角色" in refused.stderr


@pytest.mark.parametrize("table", [{"issuer": "https://id.example"}, {"issuer": "a", "client_id": 7}, "https://id"])
def test_an_identity_provider_half_named_is_refused(table):
    with pytest.raises(Refused) as refused:
        require_openid_settings(table)
    assert refused.value.refusal.id == "cli.bad_openid_settings"
    require_openid_settings({})
    require_openid_settings({"issuer": "https://id.example", "client_id": "luoshi"})
