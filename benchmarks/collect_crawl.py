"""Pages a minute of a sandbox crawl, parsing, landing and WARC included, beside `scrapy bench` in the same run.

    python -m benchmarks.collect_crawl

Needs nothing but this checkout. The site runs in a process of its own, as `scrapy bench` runs its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from spiders.sandbox.truth import demo

AT_LEAST = 0.4
KEY = bytes(range(32)).hex()
TIMED = """
import json, sys, time
from pathlib import Path
from spiders import base, crawl, job
began = []
class Timed(base.ReviewSpider):
    async def start(self):
        began.append(time.perf_counter())
        async for request in super().start():
            yield request
base.ReviewSpider = Timed
landing = crawl.crawl(job.read(Path(sys.argv[1])), bytes.fromhex(sys.stdin.readline()))
seconds = time.perf_counter() - began[0]
print(json.dumps([landing.pages_fetched, landing.reviews, landing.verdict.name, seconds]))
"""
"""From the spider's opening, where the bench begins to count too, to the landing's manifest on the disk."""


def bench() -> float:
    """Pages a minute that `scrapy bench` reaches here and now."""
    ran = subprocess.run([sys.executable, "-m", "scrapy", "bench"], capture_output=True, text=True, check=True)
    pages = int(re.findall(r"'response_received_count': (\d+)", ran.stderr)[-1])
    return 60 * pages / float(re.findall(r"'elapsed_time_seconds': ([\d.]+)", ran.stderr)[-1])


def crawl(url: str, folder: Path, at_once: int) -> tuple[int, int, float]:
    """Pages, reviews and seconds of one crawl, counted as the bench counts: without the start of process and engine."""
    job = {
        "engagement": "bench", "listing": "a", "site": "sandbox", "url": url, "business": "B", "local": True,
        "full": True, "out": str(folder / "landing"), "contact": "mailto:audit@example.com", "at_once": at_once,
    }  # fmt: skip
    (folder / "job.json").write_text(json.dumps(job))
    command = [sys.executable, "-c", TIMED, str(folder / "job.json")]
    ran = subprocess.run(command, input=KEY + "\n", capture_output=True, text=True, check=True)
    pages, reviews, verdict, seconds = json.loads(ran.stdout)
    if verdict != "complete":
        raise SystemExit(f"the crawl ended {verdict}")
    return pages, reviews, seconds


def main() -> int:
    """Print the figures; 1 where the crawl is slower than it should be."""
    site = subprocess.Popen([sys.executable, "-m", "spiders.sandbox"], stdout=subprocess.PIPE, text=True)
    try:
        assert site.stdout is not None
        url = f"{site.stdout.readline().strip()}/biz/{demo().audited.slug}"
        with tempfile.TemporaryDirectory() as warm:
            crawl(url, Path(warm), 8)  # the sandbox makes each page once
        before, rates = bench(), []
        for at_once in (1, 8, 8, 8):
            with tempfile.TemporaryDirectory() as folder:
                pages, reviews, seconds = crawl(url, Path(folder), at_once)
            rates.append(60 * pages / seconds)
            told = f"{pages} pages, {reviews} reviews in {seconds:.2f} s: {rates[-1]:,.0f} a minute"
            print(f"crawl, {at_once} at once: {told}")
        after = bench()
    finally:
        site.terminate()
        site.wait()
    best, usual = sorted(rates[1:])[1], (before + after) / 2
    reached = f"the crawl reaches {best / usual:.0%} ({AT_LEAST:.0%} wanted)"
    print(f"scrapy bench: {before:,.0f} and {after:,.0f} a minute; {reached}")
    return 0 if best >= AT_LEAST * usual else 1


if __name__ == "__main__":
    sys.exit(main())
