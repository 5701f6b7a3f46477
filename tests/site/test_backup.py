"""The restore drill: a backup made while others write becomes a home again, from either database into either."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import textwrap
import time

import pytest

# Adds bodies one after the other until it is stopped; a line is printed once each act has returned.
WRITER = """
    import os
    from datetime import UTC, datetime
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    import django; django.setup()
    from luoshi.acts.context import context_for
    from luoshi.acts.register_people import register_people
    from luoshi.people.roster import Body
    from luoshi.store.models import Account
    account = Account.objects.get(username="ducha")
    for number in range(100_000):
        context = context_for(account, datetime.now(UTC))
        register_people(context, "330624", [Body(f"330624-w{number}", f"第{number}号单位", f"单位{number}")], [])
        print(number, flush=True)
"""
TEXT = "试验县2023年重点任务\n1.做强工业。完成工业投资65亿元以上，争创国家森林城市。\n"
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture
def databases(request):
    """Makes an empty database of a kind: what ``--database`` is to be told."""
    made = []

    def make(kind):
        if kind == "sqlite":
            return "sqlite"
        from psycopg import connect

        server = request.getfixturevalue("postgresql")
        made.append(f"drill_{len(made)}_{time.monotonic_ns()}")
        with connect(host=server["HOST"], user=server["USER"], dbname=server["NAME"], autocommit=True) as database:
            database.execute(f"CREATE DATABASE {made[-1]}")
        return f"postgresql://{server['USER']}@/{made[-1]}?host={server['HOST']}"

    return make


@pytest.fixture
def home(luoshi, databases, founded, tmp_path):
    """A county with an adopted plan and a checkpoint in a database of a kind."""

    def make(kind):
        folder, paper = tmp_path / "home", tmp_path / "文件.txt"
        paper.write_text(TEXT, "utf-8")
        if kind == "sqlite":
            shutil.copytree(founded, folder)
        else:
            line = ("init", "--name", "试验县", "--code", "330624", "--year", "2023", "--admin", "ducha:督查室")
            assert luoshi(folder, *line, "--database", databases(kind)).returncode == 0
        assert luoshi(folder, "adopt", paper, "--yes").returncode == 0
        assert luoshi(folder, "checkpoint").returncode == 0
        return folder

    return make


@pytest.fixture
def writing(environment, root):
    """Starts a process that goes on writing into a home; it has written something when this returns."""

    def start(folder):
        line = [sys.executable, "-c", textwrap.dedent(WRITER)]
        writer = subprocess.Popen(line, env=environment(folder), cwd=root, stdout=subprocess.PIPE, text=True)
        assert writer.stdout.readline() == "0\n"
        return writer

    return start


@pytest.fixture
def told(capsys):
    """Says a line to whoever runs the tests."""

    def say(line):
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say


def _tables(backup):
    with tarfile.open(backup) as tar:
        names = [name for name in tar.getnames() if name.startswith("tables/")]
        return {name: tar.extractfile(name).read() for name in names}


@pytest.mark.parametrize("target", KINDS)
@pytest.mark.parametrize("source", KINDS)
def test_what_is_restored_is_what_was_backed_up_while_others_wrote(  # noqa: PLR0917 - fixtures
    luoshi, writing, home, databases, tmp_path, told, source, target
):
    county, backup, other, again = home(source), tmp_path / "备份.tar", tmp_path / "other", tmp_path / "again.tar"
    writer = writing(county)
    begun = time.monotonic()
    made = luoshi(county, "backup", backup)
    saved = time.monotonic()
    writer.kill()
    written = len(writer.stdout.read().splitlines())
    writer.wait(10)
    assert made.returncode == 0, made.stderr
    assert written > 0, "others could write while the backup was made"
    restoring = time.monotonic()
    restored = luoshi(other, "restore", backup, "--database", databases(target))
    ended = time.monotonic()
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "核验通过" in restored.stdout
    assert not [path.name for path in other.iterdir() if path.name.startswith(".")]
    told(f"恢复演练 {source}→{target}：备份{saved - begun:.1f}秒，恢复并核验{ended - restoring:.1f}秒")
    assert luoshi(other, "backup", again).returncode == 0
    assert _tables(again) == _tables(backup), "the same rows, byte for byte"
    assert luoshi(other, "replay").returncode == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_restored_home_goes_on_working(luoshi, home, databases, tmp_path, kind):
    backup, other = tmp_path / "备份.tar", tmp_path / "other"
    assert luoshi(home("sqlite"), "backup", backup).returncode == 0
    assert luoshi(other, "restore", backup, "--database", databases(kind)).returncode == 0
    longer = tmp_path / "第二版.txt"
    longer.write_text(TEXT + "2.稳就业。城镇登记失业率控制在3%以内。\n", "utf-8")
    adopted = luoshi(other, "adopt", longer, "--yes")
    assert adopted.returncode == 0, adopted.stderr
    assert luoshi(other, "checkpoint").returncode == 0
    assert luoshi(other, "verify").returncode == 0


@pytest.mark.postgres
def test_a_database_that_holds_something_is_never_written_over(luoshi, home, databases, tmp_path):
    county, backup, taken = home("sqlite"), tmp_path / "备份.tar", databases("postgresql")
    assert luoshi(county, "backup", backup).returncode == 0
    assert luoshi(tmp_path / "one", "restore", backup, "--database", taken).returncode == 0
    refused = luoshi(tmp_path / "two", "restore", backup, "--database", taken)
    assert refused.returncode == 3
    assert "不是空的" in refused.stderr
    assert list((tmp_path / "two").iterdir()) == []
    assert luoshi(tmp_path / "one", "verify").returncode == 0


def _changed(backup, target, change):
    """The backup with its manifest changed."""
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            if member.name == "manifest.json":
                data = json.dumps(change(json.load(content))).encode()
                member.size = len(data)
                content = io.BytesIO(data)
            new.addfile(member, content)


def test_a_backup_of_a_newer_program_or_with_lost_rows_leaves_no_home(luoshi, home, tmp_path):
    backup, other = tmp_path / "备份.tar", tmp_path / "other"
    assert luoshi(home("sqlite"), "backup", backup).returncode == 0
    _changed(backup, tmp_path / "newer.tar", lambda told: told | {"migration": "9999_later"})
    newer = luoshi(other, "restore", tmp_path / "newer.tar")
    assert newer.returncode == 3
    assert "请先升级" in newer.stderr
    assert list(other.iterdir()) == []
    _changed(backup, tmp_path / "lost.tar", lambda told: told | {"tables": told["tables"] | {"store_factrow": 99_999}})
    lost = luoshi(other, "restore", tmp_path / "lost.tar")
    assert lost.returncode == 3
    assert "store_factrow" in lost.stderr
    assert list(other.iterdir()) == []
