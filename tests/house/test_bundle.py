"""The archive installs, starts and serves where there is no network at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # one archive for all: TOGETHER in tests/conftest.py

NEWEST = re.compile(r"manylinux_2_(\d+)_[^.]*\.whl$")  # of several names for one wheel the last is the newest


def _run(*words):
    return subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)


# Runs inside the namespace: loopback up, the command started, asked for its first page until it answers, stopped.
VISIT = """
import fcntl, socket, struct, subprocess, sys, time, urllib.request
with socket.socket() as s:
    fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x41))  # SIOCSIFFLAGS: up and running
server = subprocess.Popen([*sys.argv[1:], "--port", "8077", "--workers", "1"])
try:
    for _ in range(120):
        try:
            page = urllib.request.urlopen("http://127.0.0.1:8077/", timeout=10)
            print(page.status, page.read().decode())
            break
        except OSError as error:
            said = error
            time.sleep(0.25)
    else:
        sys.exit(f"no page: {said}")
finally:
    server.terminate()
    server.wait(20)
"""


@pytest.fixture(scope="module")
def apart():
    """The words that start a command in a network namespace of its own, with nothing in it but loopback."""
    words = ["unshare", "--net", "--map-root-user"]
    try:
        run = _run(*words, "true")
    except FileNotFoundError:
        pytest.skip("no unshare here: apt-get install util-linux")
    if run.returncode:
        pytest.skip("this machine does not permit network namespaces")
    return words


@pytest.fixture(scope="module")
def unpacked(root, tmp_path_factory):
    """The archive, made and unpacked."""
    folder = tmp_path_factory.mktemp("archive")
    run = _run(sys.executable, root / "tools" / "bundle.py", folder)
    if run.returncode and os.environ.get("CI") != "true" and "Could not find a version" in run.stderr:
        pytest.skip("no package mirror answers here")
    assert run.returncode == 0, run.stderr
    (archive,) = folder.glob("luoshi-*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    (found,) = (path for path in folder.iterdir() if path.is_dir())
    return found


@pytest.fixture(scope="module")
def installed(unpacked, apart, tmp_path_factory):
    """The folder it was installed into, with the network away; its name holds a blank on purpose."""
    folder = tmp_path_factory.mktemp("target") / "落实 here"
    run = _run(*apart, "sh", unpacked / "install.sh", folder)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def test_the_namespace_has_no_network(apart):
    probe = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=2)"
    run = _run(*apart, sys.executable, "-c", probe)
    assert "Network is unreachable" in run.stderr


def test_every_wheel_of_the_archive_is_pinned_by_its_hash(unpacked):
    lines = (unpacked / "requirements.lock").read_text("utf-8").splitlines()
    assert len(lines) == len(list((unpacked / "wheels").iterdir()))
    assert all(" --hash=sha256:" in line for line in lines)


def test_no_wheel_asks_for_a_newer_linux_than_that_of_2018(unpacked):
    asked = {int(n) for path in (unpacked / "wheels").iterdir() for n in NEWEST.findall(path.name)}
    assert max(asked) <= 28, "glibc 2.28 is what Kylin V10 and openEuler 20.03 have"


def test_the_data_files_of_the_house_are_in_the_installed_package(installed, root):
    found = subprocess.run(
        [installed / ".venv/bin/python", "-c", "import luoshi; print(luoshi.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    house = root / "src" / "luoshi"
    ours = {p.relative_to(house) for p in house.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    theirs = {p.relative_to(found) for p in Path(found).rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert theirs == ours


def test_a_wheel_that_was_changed_on_the_way_is_refused(unpacked, apart, tmp_path):
    (wheel,) = (unpacked / "wheels").glob("click-*.whl")
    sound = wheel.read_bytes()
    wheel.write_bytes(sound + b"\0")
    try:
        run = _run(*apart, "sh", unpacked / "install.sh", tmp_path / "t")
    finally:
        wheel.write_bytes(sound)
    assert run.returncode != 0
    assert "DO NOT MATCH THE HASHES" in run.stderr


def test_the_installed_command_starts_without_a_network(installed, apart, project):
    run = _run(*apart, installed / "luoshi", "--version")
    assert run.returncode == 0, run.stderr
    assert project["project"]["version"] in run.stdout


def test_a_county_is_founded_and_served_without_a_network(installed, apart, tmp_path, monkeypatch):
    monkeypatch.setenv("LUOSHI_HOME", str(tmp_path / "home"))
    luoshi = installed / "luoshi"
    county = ("--name", "新昌县", "--code", "330624", "--year", "2023", "--admin", "office:督查室")
    run = _run(*apart, luoshi, "init", *county, "--generate-passwords")
    assert run.returncode == 0, run.stdout + run.stderr
    run = _run(*apart, sys.executable, "-c", VISIT, luoshi, "serve")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "200 <!" in run.stdout
    assert 'type="password"' in run.stdout  # the sign-in page: nothing is shown to a stranger
