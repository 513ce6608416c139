"""`python -m spiders.crawl JOB.json`: one listing crawled in a fresh process, landed, its manifest printed
with the pause that the site asks for.

Twisted's reactor does not start twice, so every listing has a process of its own. The engagement's derived key comes as
one line of hex on stdin: neither file, argument nor environment holds it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import warnings
from dataclasses import asdict
from pathlib import Path

from spiders import job as jobs
from spiders import reasons
from spiders.items import Landing
from spiders.job import Job, JobError
from spiders.landing import LandingError, LandingWriter
from spiders.privacy import REDACTOR_VERSION
from spiders.settings import scrapy_settings
from spiders.tally import Tally
from spiders.verdicts import verdict

PARENT_SECONDS = 0.5
"""How often a crawl looks whether the run that ordered it still lives."""


def crawl(job: Job, key: bytes) -> tuple[Landing, float]:
    """Crawl a listing to its end or what stops it; the landing, and the pause in seconds that its robots.txt asks for.

    Once in a process.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    from spiders.base import ReviewSpider
    from spiders.fetching import CRAWL_DELAY

    settings = scrapy_settings(contact=job.contact, local=job.local, limits=job.limits, at_once=job.at_once)
    tally = Tally()
    with LandingWriter(job.out) as writer:
        process = AsyncCrawlerProcess(settings | {"LOG_ENABLED": job.log, "LOG_LEVEL": "INFO"})
        crawler = process.create_crawler(ReviewSpider)
        process.crawl(crawler, job=job, key=key, writer=writer, tally=tally)
        process.start()
        if process.bootstrap_failed:
            tally.broken = reasons.CRAWLER_BROKE()
        landing = landed(job, tally, writer, incremental=bool(job.known_ids()) and not job.full)
    return landing, float(crawler.stats.get_value(CRAWL_DELAY, 0.0) if crawler.stats else 0.0)


def landed(job: Job, tally: Tally, writer: LandingWriter, *, incremental: bool) -> Landing:
    """Finish the landing of a run from what it counted."""
    site = job.of_site
    ended = verdict(tally, site, way="crawl", incremental=incremental, filled_before=job.filled_before)
    return writer.finish(
        workspace=job.workspace,
        engagement=job.engagement,
        listing=job.listing,
        site=job.site,
        way="crawl",
        as_of=tally.as_of,
        declared_total=tally.declared_total,
        average=tally.average,
        pages_fetched=tally.pages,
        pages_failed=tuple(tally.pages_failed),
        stop_reason=tally.stop_reason or "the crawl ended without a page",
        verdict=ended,
        parser_version=site.parser_version,
        redactor_version=REDACTOR_VERSION,
        problems=tally.told_problems(),
    )


def main(arguments: list[str]) -> int:
    """Exit code 0 once something has landed, whatever its verdict; 1 where the process itself broke."""
    # What a library deprecates is for its maintainers, not for the person who reads this process's stderr.
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        if len(arguments) != 1:
            raise JobError("usage: python -m spiders.crawl JOB.json  (the key as a line of hex on stdin)")
        job = jobs.read(Path(arguments[0]))
        landing, pause = crawl(job, _key(sys.stdin.readline()))
    except (JobError, LandingError, OSError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    told = {"landing": asdict(landing), "crawl_delay": pause}
    sys.stdout.write(json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n")
    return 0


def _end_with(parent: int) -> None:
    """End once the process that ordered this crawl is gone: a site would be asked for what nobody reads."""
    while os.getppid() == parent:
        time.sleep(PARENT_SECONDS)
    os._exit(1)


def _key(line: str) -> bytes:
    try:
        key = bytes.fromhex(line.strip())
    except ValueError:
        key = b""
    if len(key) < 16:
        raise JobError("the key on stdin is not a line of hex of at least 16 bytes")
    return key


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
