"""./run: one script for everything, from any folder, with words for whoever lacks Python."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time

import pytest


@pytest.fixture
def checkout(root, tmp_path):
    """The script in a folder whose name holds a blank, with a ready environment that only says how it was called."""
    folder = tmp_path / "my checkout"
    (folder / "requirements").mkdir(parents=True)
    shutil.copy(root / "run", folder)
    venv = folder / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").write_text('#!/bin/sh\nprintf "<%s>" "$PWD" "$@"\n')
    (venv / "bin" / "python").chmod(0o755)
    for name in ("run.lock", "dev.lock"):
        (folder / "requirements" / name).write_text("click==1\n")
        (venv / name).write_text("click==1\n")
    return folder


def _run(script, *arguments, cwd, **env):
    return subprocess.run(
        [script, *arguments], cwd=cwd, env=os.environ | env, capture_output=True, text=True, check=False
    )


def test_a_command_reaches_the_program_from_another_folder_with_its_arguments_whole(checkout, tmp_path):
    run = _run(checkout / "run", "luoshi", "read", "a b.txt", cwd=tmp_path)
    assert run.stdout == f"<{tmp_path}><-m><luoshi><read><a b.txt>"


@pytest.mark.parametrize("command", ["demo", "bench"])
def test_demo_and_bench_are_commands_of_the_program(checkout, tmp_path, command):
    assert _run(checkout / "run", command, "--x", cwd=tmp_path).stdout == f"<{tmp_path}><-m><luoshi><{command}><--x>"


def test_tests_can_be_named(checkout, tmp_path):
    run = _run(checkout / "run", "test", "tests/terms", "-k", "half or two", cwd=tmp_path)
    assert run.stdout == f"<{checkout}><-m><pytest><tests/terms><-k><half or two>"


def test_the_second_time_costs_less_than_a_third_of_a_second(checkout, tmp_path):
    _run(checkout / "run", "luoshi", cwd=tmp_path)
    begun = time.monotonic()
    _run(checkout / "run", "luoshi", cwd=tmp_path)
    assert time.monotonic() - begun < 0.3


def test_an_unknown_command_is_usage_and_exits_2(checkout, tmp_path):
    run = _run(checkout / "run", "demmo", cwd=tmp_path)
    assert run.returncode == 2
    assert "没有这个命令：demmo" in run.stderr
    assert "No such command: demmo" in run.stderr


def test_without_a_python_that_is_new_enough_it_says_so_in_both_languages(checkout, tmp_path):
    shutil.rmtree(checkout / ".venv")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "dirname", "cmp", "cat"):
        (programs / name).symlink_to(shutil.which(name))
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")  # as a Python 3.9 answers the question for its version
    (programs / "python3").chmod(0o755)
    run = _run(checkout / "run", "luoshi", cwd=tmp_path, PATH=str(programs))
    assert run.returncode == 1
    assert "没有找到 Python 3.11 或更高版本" in run.stderr
    assert "No Python 3.11 or later was found" in run.stderr


def test_a_failed_installation_shows_the_words_of_pip_and_is_tried_again(checkout, tmp_path):
    (checkout / "requirements" / "run.lock").write_text("click==2\n")  # another lock than the installed one
    (checkout / ".venv" / "bin" / "python").write_text(
        '#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "ERROR: no such wheel"\nexit 1\n'
    )
    for _ in range(2):
        run = _run(checkout / "run", "luoshi", cwd=tmp_path)
        assert run.returncode == 1
        assert "ERROR: no such wheel" in run.stderr
        assert "依赖没有装好" in run.stderr


def test_one_failing_step_does_not_hide_the_next(checkout, tmp_path):
    (checkout / ".venv" / "bin" / "python").write_text('#!/bin/sh\n[ "$2" != mypy ]\n')
    run = _run(checkout / "run", "check", cwd=tmp_path)
    outcomes = dict(re.findall(r"^── (\w+): (\w+), \d+ s$", run.stdout, re.MULTILINE))
    assert outcomes == {"format": "ok", "lint": "ok", "types": "FAILED", "imports": "ok", "house": "ok"}
    assert run.returncode == 1


def test_every_command_of_the_readme_is_a_command_of_the_script(root):
    script = (root / "run").read_text("utf-8")
    commands = set(re.findall(r"^([a-z' |]+)\)", script, re.MULTILINE))
    known = {word for line in commands for word in re.findall(r"[a-z]+", line)}
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"\./run ([a-z]+)", (root / name).read_text("utf-8")))
        assert named, name
        assert named <= known, name
