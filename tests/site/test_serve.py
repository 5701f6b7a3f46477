"""The server: answers, stops when told, and can be started again after the worst."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def served(environment, county):
    """Starts servers on one free port; all are gone after the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = []

    def start():
        line = [sys.executable, "-m", "luoshi", "serve", "--port", str(port), "--workers", "2"]
        with (county / "server.log").open("a") as log:
            server = subprocess.Popen(line, env=environment(county), stdout=log, stderr=log)
        started.append(server)
        return server, f"http://127.0.0.1:{port}/sign-in/"

    yield start
    for server in started:
        if server.poll() is None:
            server.kill()
            server.wait(10)


def page(address, server):
    begun = time.monotonic()
    while time.monotonic() < begun + 30:
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return answer.read().decode(), answer.headers
        except OSError:
            time.sleep(0.1)
    pytest.fail("no page within half a minute")


def test_it_serves_pages_and_their_files_and_stops_when_told(served):
    server, address = served()
    text, headers = page(address, server)
    assert "登录" in text
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    style = address.replace("sign-in/", "static/luoshi/luoshi.css")
    with urllib.request.urlopen(style, timeout=20) as answer:
        assert answer.headers["Content-Type"].startswith("text/css")
    server.send_signal(signal.SIGTERM)
    assert server.wait(15) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends workers with their parent")
def test_killed_with_nine_it_starts_again_on_the_same_port(served):
    first, address = served()
    page(address, first)
    os.kill(first.pid, signal.SIGKILL)
    first.wait(10)
    time.sleep(0.5)
    second, _ = served()
    assert "登录" in page(address, second)[0]
    second.send_signal(signal.SIGINT)
    assert second.wait(15) == 0
