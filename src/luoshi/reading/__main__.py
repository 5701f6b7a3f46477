"""``python -m luoshi.reading FILE --format jsonl``: the reading of one file, for scoring and pipes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.render import render_commitments, render_json, render_jsonl

_FORMATS = {"jsonl": render_jsonl, "commitments": render_commitments, "json": render_json}


def main() -> int:
    """Print the reading of the file named on the command line; 0 whenever there is one."""
    parser = argparse.ArgumentParser(prog="python -m luoshi.reading", description="识读一份文件。")
    parser.add_argument("file", type=Path)
    parser.add_argument("--format", choices=sorted(_FORMATS), default="jsonl")
    arguments = parser.parse_args()
    reading = read(load(arguments.file.read_bytes(), arguments.file.name))
    for finding in reading.findings:
        sys.stderr.write(f"{finding}\n")
    sys.stdout.write(_FORMATS[arguments.format](reading))
    return 0


if __name__ == "__main__":
    sys.exit(main())
