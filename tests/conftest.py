"""What tests borrow from the machine: Debian's programs and fonts, and documents beside the checkout.

A program that is missing skips the test with one line that names its Debian package; where CI=true it fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=False)
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "house")


def missing(what: str, package: str) -> NoReturn:
    """Skip the test, or fail it under CI, for want of a Debian package."""
    line = f"no {what} here: apt-get install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(line, pytrace=False)
    pytest.skip(line)


def _program(package: str, *names: str) -> Path:
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
    missing(names[0], package)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def chinese_font() -> str:
    """The family of a font with Chinese glyphs, for screenshots and printed pages."""
    try:
        families = subprocess.run(
            ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=True
        ).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        families = []
    if not families:
        missing("Chinese font", "fonts-noto-cjk")
    return families[0].split(",")[0]


@pytest.fixture(scope="session")
def chromium(chinese_font: str) -> Path:
    """Debian's Chromium, for playwright's ``executable_path``; Chinese pages need a font too."""
    return _program("chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def libreoffice(chinese_font: str) -> Path:
    """LibreOffice with Writer and Calc, to open what we write as an office would."""
    return _program("libreoffice-writer libreoffice-calc", "libreoffice", "soffice")


@pytest.fixture(scope="session")
def pdftoppm() -> Path:
    """Turns the pages of a PDF into pictures."""
    return _program("poppler-utils", "pdftoppm")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference documents kept beside the checkout; skips where it is absent, CI included."""
    folder = Path(os.environ.get("LUOSHI_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no reference documents at {folder}: set LUOSHI_SHARED")
    return folder
