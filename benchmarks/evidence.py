"""`python -m benchmarks.evidence [PART…]`: every part `benchmarks/evidence_*.py` prints what it measured."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

PARTS = sorted(file.stem.removeprefix("evidence_") for file in Path(__file__).parent.glob("evidence_*.py"))


def main(wanted: list[str]) -> int:
    """Print the parts that were asked for, all where none was."""
    if unknown := sorted(set(wanted) - set(PARTS)):
        print(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 1
    for part in wanted or PARTS:
        print(f"== {part}")
        import_module(f"benchmarks.evidence_{part}").printed()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
