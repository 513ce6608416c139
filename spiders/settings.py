"""Every limit of the crawl, named, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAME = "TelltaleAudit/0.1"
"""Whom a robots.txt means: the rest of the user agent holds words that other robots are called by."""
USER_AGENT = f"{NAME} (review audit for the business concerned; +{{contact}})"
"""Says who asks and whom to write to; there is no disguise anywhere."""
DOWNLOAD_DELAY = 5.0
"""Seconds between two requests to a host: 12 pages a minute is what a patient person reads."""
THROTTLE_START, THROTTLE_MAX, THROTTLE_TARGET = 5.0, 60.0, 1.0
"""AutoThrottle waits longer for a slow site, up to a minute, and never has two requests under way."""
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024
"""Bytes, before and after decompression: the largest real review page seen is 2 MB; a bomb is far beyond 8."""
DOWNLOAD_WARNSIZE = 0
"""No second, softer limit: it would only print."""
DOWNLOAD_TIMEOUT = 30.0
"""Seconds for a whole response: stops a body that drips for ever."""
REDIRECT_MAX_TIMES = 5
"""A site that redirects more often is looping."""
RETRY_TIMES = 3
"""Tries after the first: outages of seconds pass, outages of minutes are the next run's."""
RETRY_AFTER_MOST = 300.0
"""Seconds that a site may ask us to wait for one page; one that asks for more is left until the next run."""
BACKOFF, BACKOFF_LOCAL = 10.0, 0.05
"""Seconds before the second try after 429 or 5xx, doubled each time, plus up to half at random."""
AT_ONCE_LOCAL = 8
"""Pages of one local listing under way at once: enough to keep one core busy."""
RUN_SECONDS = 3 * 3600.0
"""Seconds for one listing: at 5 s a page this is some 2,000 pages, more than the longest listing known."""
MAX_PAGES = 5000
"""Pages for one listing: a list that still goes on is not a list of reviews."""
MEMORY_MB = 512
"""A crawl holds ids, not pages; one that needs more is broken."""
FAILED_PAGES_IN_A_ROW = 3
"""Pages that may fail one after the other before the rest is given up."""
RESUME_DAYS = 7
"""A pass that stopped longer ago is begun anew: the list has moved on too far from what was read."""
OVERLAP_PAGES = 1
"""Pages without anything new that an incremental run reads before it believes that it has met the stored reviews."""
SHRINK_SHARE = 0.05
"""A later page that declares up to this share fewer has seen reviews vanish; one that declares far fewer counts
something else."""
DRIFT_SHARE, DRIFT_FEWEST = 0.02, 2
"""Share and number of reviews that lack a field which the site always shows, above which the page is held to have
changed; a single odd card among many is a problem, not a drift."""


def scrapy_settings(
    *, contact: str, local: bool, limits: Mapping[str, float] | None = None, at_once: int = 1
) -> dict[str, Any]:
    """Scrapy's settings for one listing; `limits` may make a limit of this module (lower-case name) stricter.

    `at_once` is for local listings: a site that is not on this machine gets one request at a time.
    """
    given = dict(limits or {})
    delay = 0.0 if local else max(DOWNLOAD_DELAY, given.get("download_delay", DOWNLOAD_DELAY))
    return {
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": NAME,
        "USER_AGENT": USER_AGENT.format(contact=contact),
        "DOWNLOAD_DELAY": delay,
        # Scrapy would wait for half of the delay to one and a half: a site that names one means all of it.
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": at_once if local else 1,
        # AutoThrottle starts at its own delay; on this machine there is nobody to be polite to.
        "AUTOTHROTTLE_ENABLED": not local,
        "AUTOTHROTTLE_START_DELAY": THROTTLE_START,
        "AUTOTHROTTLE_MAX_DELAY": THROTTLE_MAX,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": THROTTLE_TARGET,
        "DOWNLOAD_MAXSIZE": int(_stricter(given, "download_maxsize", DOWNLOAD_MAXSIZE)),
        "DOWNLOAD_WARNSIZE": DOWNLOAD_WARNSIZE,
        "DOWNLOAD_TIMEOUT": _stricter(given, "download_timeout", DOWNLOAD_TIMEOUT),
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": dict.fromkeys(("file", "data", "ftp", "s3", *(() if local else ("http",)))),
        "REDIRECT_MAX_TIMES": REDIRECT_MAX_TIMES,
        "RETRY_TIMES": RETRY_TIMES,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "COOKIES_ENABLED": False,
        # A proxy of the environment would resolve names out of our sight, and the address check with them.
        "HTTPPROXY_ENABLED": False,
        # 403 and 429 must reach our own classifier instead of ending as an empty crawl.
        "HTTPERROR_ALLOW_ALL": True,
        # Only encodings whose completeness we can tell.
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,application/json;q=0.9,*/*;q=0.5", "Accept-Encoding": "gzip"},
        "CLOSESPIDER_TIMEOUT": _stricter(given, "run_seconds", RUN_SECONDS),
        "MEMUSAGE_LIMIT_MB": MEMORY_MB,
        "MEMUSAGE_CHECK_INTERVAL_SECONDS": 5,  # what is held now, not the peak: a minute would be too seldom
        "EXTENSIONS": {"scrapy.extensions.memusage.MemoryUsage": None, "spiders.memory.MemoryHeld": 0},
        "TWISTED_DNS_RESOLVER": "spiders.fetching.GuardedResolver",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "spiders.fetching.AddressGuard": 50,
            "spiders.fetching.StrictRobots": 100,
            "spiders.fetching.PatientRetry": 550,
            "spiders.fetching.WholeBody": 595,
        },
        "LOG_ENABLED": False,
        "TELLTALE_LOCAL": local,
        "TELLTALE_BACKOFF": BACKOFF_LOCAL if local else BACKOFF,
    }


def _stricter(given: Mapping[str, float], name: str, most: float) -> float:
    return min(most, given.get(name, most))
