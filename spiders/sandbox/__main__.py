"""`python -m spiders.sandbox` serves the site until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading

from spiders.sandbox.server import serve


def main() -> int:
    """Serve and print the address."""
    parser = argparse.ArgumentParser(prog="python -m spiders.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="a free port when absent")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--edited", action="store_true", help="the site some weeks later")
    asked = parser.parse_args()
    with serve(seed=asked.seed, port=asked.port, edited=asked.edited) as site:
        sys.stdout.write(f"{site.url}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
