"""Makes build/luoshi-<version>-<platform>.tar.gz: everything needed to install Luoshi where there is no network.

The archive holds Luoshi's own wheel, the wheels of requirements/run.lock for this Python and platform, the hash of
each, and install.sh. It is the same byte for byte when made twice from the same wheels.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
from pathlib import Path
from platform import libc_ver

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "run.lock"
CARRIED = ("LICENSE", "NOTICE", "tools/install.sh")


def version() -> str:
    """The version in pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def platform() -> str:
    """The Python and the machine the wheels are for: cp311-linux-x86_64."""
    return f"cp{sys.version_info.major}{sys.version_info.minor}-{sysconfig.get_platform()}"


def _run(*command: str) -> None:
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _older_linux() -> list[str]:
    """Asks pip for wheels that a Linux of 2018 can load (glibc 2.28: Kylin V10, openEuler 20.03), not only this one."""
    system, _, machine = sysconfig.get_platform().partition("-")
    if system != "linux" or not libc_ver()[0]:
        return []
    names = [*(f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)), f"manylinux2014_{machine}"]
    return [word for name in names for word in ("--platform", name)]


def _gather_wheels(folder: Path) -> None:
    pip = ["pip", "download", "--disable-pip-version-check", "--quiet", "--no-deps", "--only-binary", ":all:"]
    _run(*pip, *_older_linux(), "--require-hashes", "-r", str(LOCK), "-d", str(folder))
    _run("hatchling", "build", "-t", "wheel", "-d", str(folder))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def requirements(wheels: list[Path]) -> str:
    """One line per wheel, pinned to its version and its hash."""
    lines = []
    for wheel in wheels:
        name, release = wheel.name.split("-")[:2]
        lines.append(f"{name.replace('_', '-')}=={release} --hash=sha256:{_sha256(wheel)}\n")
    return "".join(lines)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = "root"
    member.mode = 0o755 if member.isdir() or member.name.endswith(".sh") else 0o644
    return member


def _pack(folder: Path, archive: Path) -> None:
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in (folder, *sorted(folder.rglob("*"))):
            tar.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=_plain)


def bundle(target: Path) -> Path:
    """Writes the archive into ``target`` and returns its path."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / f"luoshi-{version()}"
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        _gather_wheels(wheels)
        for name in CARRIED:
            shutil.copy(ROOT / name, folder)
        (folder / "requirements.lock").write_text(requirements(sorted(wheels.iterdir())), "utf-8")
        (folder / "PLATFORM").write_text(f"{platform()}\n", "utf-8")
        archive = target / f"luoshi-{version()}-{platform()}.tar.gz"
        _pack(folder, archive)
    return archive


def main() -> None:
    """Bundles into build/, or into the folder given as the only argument."""
    print("正在收集安装包 Gathering wheels", file=sys.stderr)
    archive = bundle(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build")
    print(f"{archive}  {archive.stat().st_size / 1e6:.1f} MB  sha256 {_sha256(archive)}")


if __name__ == "__main__":
    main()
