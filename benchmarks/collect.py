"""Speed of collecting, measured: `python -m benchmarks.collect CAPTURES_DIR` prints what parsing costs."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import collect_parse


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("captures", type=Path, help="a folder of captured pages, one folder a site")
    collect_parse.run(asked.parse_args().captures)


if __name__ == "__main__":
    main()
