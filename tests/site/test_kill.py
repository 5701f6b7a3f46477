"""Killed at any moment, nothing that was acknowledged is lost, and the ledger still holds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time

import pytest

ROUNDS = 12

# Opens problems one after the other; a line is printed, and flushed, only once the act has returned.
WORKER = """
    import os, sys
    from datetime import UTC, datetime
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    import django; django.setup()
    from luoshi.acts.context import context_for
    from luoshi.acts.register_people import register_people
    from luoshi.people.roster import Body
    from luoshi.store.models import Account
    account = Account.objects.get(username="ducha")
    first = int(sys.argv[1])
    print("ready", flush=True)
    for number in range(first, first + 100_000):
        context = context_for(account, datetime.now(UTC))
        body = Body(f"330624-{number}", f"第{number}号单位", f"单位{number}")
        register_people(context, "330624", [body, Body(f"330624-x{number}", f"另{number}")], [])
        print(number, flush=True)
"""


def _killed(environment, root, home, first, after):
    """The numbers acknowledged by a worker that is killed some seconds after it was ready."""
    worker = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WORKER), str(first)], env=environment(home), cwd=root,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout.readline() == "ready\n"
    time.sleep(after)
    os.kill(worker.pid, signal.SIGKILL)
    lines = worker.stdout.read().split("\n")
    worker.wait(10)
    return [int(line) for line in lines[:-1]]  # what follows the last line end was not acknowledged


@pytest.fixture
def on_postgresql(luoshi, postgresql, tmp_path):
    """A founded county on the embedded server."""
    from psycopg import connect

    place = {"host": postgresql["HOST"], "user": postgresql["USER"], "dbname": postgresql["NAME"]}
    with connect(**place, autocommit=True) as server:
        server.execute("CREATE DATABASE killed")
    url = f"postgresql://{postgresql['USER']}@/killed?host={postgresql['HOST']}"
    home = tmp_path / "home"
    done = luoshi(home, "init", "--name", "试验县", "--code", "330624", "--admin", "ducha:督查室", "--database", url)
    assert done.returncode == 0, done.stderr
    return home


@pytest.mark.slow
def test_kill_nine_in_a_loop_loses_no_acknowledged_act(luoshi, environment, root, county):
    _kill_in_a_loop(luoshi, environment, root, county)


@pytest.mark.slow
@pytest.mark.postgres
def test_kill_nine_in_a_loop_loses_nothing_on_postgresql_either(luoshi, environment, root, on_postgresql):
    _kill_in_a_loop(luoshi, environment, root, on_postgresql, 5)


def _kill_in_a_loop(luoshi, environment, root, county, rounds=ROUNDS):
    chance = random.Random(20230930)
    acknowledged = []
    for number in range(rounds):
        acknowledged += _killed(environment, root, county, 100_000 * (number + 1), chance.uniform(0.0, 0.25))
    assert len(acknowledged) > rounds, "the workers did something"
    checked = luoshi(county, "verify")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    replayed = luoshi(county, "replay")
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
    assert_there(luoshi, county, acknowledged)


def assert_there(luoshi, home, numbers):
    """Every acknowledged act is there, and every act whole: both its bodies, or none."""
    exported = home.parent / "facts.jsonl"
    assert luoshi(home, "export", "--what", "facts", "-o", str(exported)).returncode == 0
    streams = {line.partition('"stream": "body:')[2].partition('"')[0] for line in exported.read_text().splitlines()}
    assert {f"330624-{number}" for number in numbers} <= streams
    halves = {name.removeprefix("330624-").removeprefix("x") for name in streams if name and name != "330624-001"}
    assert all({f"330624-{number}", f"330624-x{number}"} <= streams for number in halves)
