"""Sending as a process of its own: killed in the midst of it, run by the server in one process, with nothing set up."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "messages"))  # loopback.py

from loopback import MailHost, served

from luoshi.site.sending import AGAIN, FIRST, keep_sending

LONG_AGO = "2023-09-28 02:00:00"


@pytest.fixture
def mail_host():
    with served(MailHost()) as server:
        yield server


@pytest.fixture
def mailing(county, mail_host):
    """A county that sends mail, with three letters to be sent."""
    with (county / "luoshi.toml").open("a") as settings:
        settings.write(
            f'\n[messages]\nurl = "http://127.0.0.1:8000"\n\n[email]\nhost = "127.0.0.1"\nport = {mail_host.port}\n'
            'security = "none"\nfrom = "luoshi@example.cn"\n\n[dingtalk]\ntoken = "hush-token"\nsecret = "hush"\n'
            'url = "http://127.0.0.1:9/robot"\n'
        )
    _sql(
        county,
        "INSERT INTO store_letter (key, channel, recipient, title, lines, link, state, made_at, next_at, tries, "
        "repeats, trouble) VALUES "
        + ", ".join(
            f"('k{n}', 'email', 'a@example.cn', '第{n}件', '', 'http://127.0.0.1/',"
            f"'waiting', datetime('now'), datetime('now'), 0, 0, '')"
            for n in range(3)
        ),
    )
    return county


def _sql(home, *asked):
    with sqlite3.connect(home / "luoshi.sqlite3", timeout=20) as database:
        return database.execute(*asked).fetchall()


def _states(home):
    return _sql(home, "SELECT state, count(*), sum(repeats) FROM store_letter GROUP BY state ORDER BY state")


def test_without_settings_the_command_says_that_nothing_was_to_be_sent(luoshi, county):
    done = luoshi(county, "send")
    assert (done.returncode, done.stderr) == (0, "")
    assert "发出0件，待重试0件，不再重试0件。" in done.stdout


def test_the_command_sends_what_waits_and_says_what_remains(luoshi, mailing, mail_host):
    done = luoshi(mailing, "send")
    assert done.returncode == 0, done.stderr
    assert "发出3件" in done.stdout
    assert "未发0件" in done.stdout
    assert [mail["Subject"] for mail in mail_host.mails] == ["第0件", "第1件", "第2件"]
    luoshi(mailing, "send")
    assert len(mail_host.mails) == 3


def test_wrong_settings_are_told_without_the_secret(luoshi, mailing):
    path = mailing / "luoshi.toml"
    path.write_text(path.read_text().replace('token = "hush-token"', 'token = ""'))
    done = luoshi(mailing, "send")
    assert done.returncode == 3
    assert "[dingtalk]的token没有写明" in done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_a_sender_killed_between_sending_and_settling_loses_nothing_and_is_counted(
    luoshi, environment, root, mailing, mail_host
):
    line = [sys.executable, "-m", "luoshi", "send"]
    sender = subprocess.Popen(line, env=environment(mailing), cwd=root, stdout=subprocess.PIPE, text=True)
    mail_host.on_mail = lambda: os.kill(sender.pid, signal.SIGKILL)  # the server has it; the sender never learns
    assert sender.wait(60) == -signal.SIGKILL
    sender.stdout.close()
    mail_host.on_mail = None
    assert len(mail_host.mails) == 1
    assert _states(mailing) == [("waiting", 3, 0)]

    assert "发出2件" in luoshi(mailing, "send").stdout  # the third is still held by the dead
    _sql(mailing, "UPDATE store_letter SET taken_until = ? WHERE state = 'waiting'", (LONG_AGO,))
    again = luoshi(mailing, "send").stdout
    assert "发出1件" in again
    assert "可能重复送达的共1件" in again
    assert _states(mailing) == [("sent", 3, 1)]
    titles = sorted(mail["Subject"] for mail in mail_host.mails)
    assert titles == ["第0件", "第0件", "第1件", "第2件"]
    twice = [mail["Message-ID"] for mail in mail_host.mails if mail["Subject"] == "第0件"]
    assert twice[0] == twice[1]  # by which the reader's program knows it


def _mailed(mail_host, number):
    until = time.monotonic() + 60
    while len(mail_host.mails) < number and time.monotonic() < until:
        time.sleep(0.1)
    return len(mail_host.mails)


def _senders(server):
    """The processes that watch the outbox for a server."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"LUOSHI_SENDER_OF=%d\0" % server.pid in (folder / "environ").read_bytes() + b"\0":
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are counted in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_sends_in_one_process_which_ends_with_it(environment, root, mailing, mail_host, how):
    line = [sys.executable, "-m", "luoshi", "serve", "--port", str(_free_port()), "--workers", "2"]
    with (mailing / "server.log").open("a") as log:
        server = subprocess.Popen(line, env=environment(mailing), cwd=root, stdout=log, stderr=log)
    try:
        assert _mailed(mail_host, 3) == 3
        senders = _senders(server)
        assert len(senders) == 1
    finally:
        server.send_signal(how)
        server.wait(20)
    until = time.monotonic() + 10
    while _senders(server) and time.monotonic() < until:
        time.sleep(0.1)
    assert _senders(server) == []
    assert _states(mailing) == [("sent", 3, 0)]
    assert "hush" not in (mailing / "server.log").read_text()


def _free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_is_begun_again_a_minute_after_it_ended():
    waited, ran = [], []

    def wait(seconds):
        waited.append(seconds)
        if len(waited) == 3:
            raise StopIteration

    with pytest.raises(StopIteration):
        keep_sending(lambda: ran.append(1), wait)
    assert (waited, len(ran)) == ([FIRST, AGAIN, AGAIN], 2)


def test_escalation_runs_daily_only_as_whom_the_settings_name(luoshi, county):
    assert "没有写明由谁办理，没有运行" in luoshi(county, "escalate", "--daily").stdout
    with (county / "luoshi.toml").open("a") as settings:
        settings.write('\n[escalation]\nas = "ducha"\n')
    done = luoshi(county, "escalate", "--daily")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr  # this county has no plan yet
