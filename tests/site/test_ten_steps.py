"""The README's ten steps, run as they stand there, on an empty folder."""

from __future__ import annotations

import csv
import http.cookiejar
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import pytest
from openpyxl import load_workbook

HEADINGS = {"README.zh-CN.md": "## 正式启用十步", "README.md": "## Start for real in ten steps"}


def steps(root, readme):
    """The lines of the fenced blocks of the section, in order."""
    section = (root / readme).read_text("utf-8").partition(HEADINGS[readme])[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_both_readmes_give_the_same_commands_in_ten_steps(root):
    assert steps(root, "README.md") == steps(root, "README.zh-CN.md")
    for readme, heading in HEADINGS.items():
        section = (root / readme).read_text("utf-8").partition(heading)[2].partition("\n## ")[0]
        assert re.findall(r"^(\d+)\. ", section, re.MULTILINE) == [str(number) for number in range(1, 11)]


class _Office:
    """Someone at a keyboard in an empty folder."""

    def __init__(self, root, folder):
        self.folder = folder
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        self.environment = {**kept, "PYTHONPATH": str(root / "src"), "PWD": str(folder)}

    def line(self, command):
        """The command with this checkout's program in the place of ./run luoshi."""
        return [sys.executable, "-m", "luoshi", *shlex.split(command.removeprefix("./run luoshi"))]

    def run(self, command):
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self.environment[name] = value.strip('"').replace("$PWD", str(self.folder))
            return ""
        done = subprocess.run(
            self.line(command), cwd=self.folder, env=self.environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def serve(self, command):
        port = free_port()
        line = self.line(command.replace("8000", str(port)))
        with (self.folder / "server.log").open("w") as log:
            server = subprocess.Popen(line, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        return server, f"http://127.0.0.1:{port}/"


def fill_in(path):
    """What the county types into the template."""
    book = load_workbook(path)
    book["单位"].append(["330624-101", "新昌县发展和改革局", "县发改局", "部门", "", "发改局、县发展改革局"])
    book["单位"].append(["330624-102", "新昌县经济和信息化局", "县经信局", "部门"])
    for body, number in (("县发改局", "101"), ("330624-102", "102")):
        book["岗位"].append([body, "单位负责人", "局长", f"fuze{number}", f"负责人{number}"])
        book["岗位"].append([body, "经办人", "办公室", f"jingban{number}", f"经办人{number}"])
    book.save(path)


def fetch_when_up(browser, address, server):
    begun = time.monotonic()
    while time.monotonic() < begun + 30:
        assert server.poll() is None, "the server stopped"
        try:
            with browser.open(address, timeout=20) as answer:
                return answer.read().decode()
        except OSError:  # not up yet
            time.sleep(0.2)
    pytest.fail("no page within half a minute")


def test_the_ten_steps_lead_from_nothing_to_a_running_county(root, tmp_path):
    office = _Office(root, tmp_path)
    shutil.copy(root / "examples/xinchang-2023/document.txt", tmp_path / "重点任务.txt")
    server, said = None, ""
    try:
        for command in steps(root, "README.zh-CN.md"):
            if " serve" in command:
                server, address = office.serve(command)
                browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
                page = fetch_when_up(browser, address + "sign-in/", server)
                assert "登录" in page
                continue
            said += office.run(command)
            if "print-roster-template" in command:
                fill_in(tmp_path / "花名册.xlsx")
        passwords = re.findall(r"“ducha”（督查室）的初始密码：(\S+)", said)
        assert len(passwords) == 1, "shown once"
        assert "核验通过" in said
        assert_first_sign_in_asks_for_a_new_password(browser, address, page, passwords[0])
        server.send_signal(signal.SIGTERM)
        assert server.wait(15) == 0
    finally:
        if server and server.poll() is None:
            server.kill()
    assert_nothing_is_readable_by_others(tmp_path)


def assert_first_sign_in_asks_for_a_new_password(browser, address, page, password):
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"username": "ducha", "password": password, "csrfmiddlewaretoken": token}
    with browser.open(address + "sign-in/", urllib.parse.urlencode(form).encode(), timeout=20) as answer:
        assert answer.url.partition("?")[0].endswith("/password/"), answer.url


def assert_nothing_is_readable_by_others(folder):
    for name in ("账号.csv", "备份.tar", "home/luoshi.toml"):
        assert (folder / name).stat().st_mode & 0o077 == 0, name
    assert (folder / "home").stat().st_mode & 0o077 == 0
    with (folder / "账号.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert sorted(row[3] for row in rows[1:]) == ["fuze101", "fuze102", "jingban101", "jingban102"]
    assert len({row[4] for row in rows[1:]}) == 4
