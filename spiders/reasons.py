"""How a run ended, in sentences with named values: the one place of COLLECT where they are written.

A manifest, the store and the terminal keep the English text. A report in another language finds the sentence again by
its message, so a reason that was stored long ago is told in it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message of the catalogue; called with its values it is the English text."""

    message: str

    def __call__(self, **values: object) -> str:
        """The text; whole numbers with their thousands apart."""
        told = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        return self.message % told if told else self.message


def sentences(module: Mapping[str, object]) -> tuple[Sentence, ...]:
    """Every sentence that a module names, from its `globals()`."""
    return tuple(value for value in module.values() if isinstance(value, Sentence))


READ_TO_THE_END = Sentence("%(n)s reviews, read to the last page.")
READ_OF_DECLARED = Sentence("%(n)s reviews of %(total)s declared, read to the last page.")
READ_TO_THE_STORED = Sentence("%(n)s reviews read up to the stored ones.")
READ_FROM_SAVED = Sentence("%(n)s reviews from %(pages)s saved page(s), which do not declare how many there are.")
RECORDS_LOST = Sentence("%(n)s record(s) could not be read.")
LAST_LINE_LOST = Sentence("%(file)s: the last line was cut off; it is dropped.")

CAPPED = Sentence("%(n)s of %(total)s declared reviews: %(site)s shows no more than these.")
SHORT = Sentence("%(n)s of %(total)s declared reviews could be read.")
UNDECLARED = Sentence("The site did not declare how many reviews there are.")
SAYS_EMPTY = Sentence("The site says that there are no reviews yet.")
NOTHING_FOUND = Sentence("Pages were read and no review was found on them.")
NONE_OF_DECLARED = Sentence("The site declares %(total)s reviews and the parser finds none: the page has changed.")
FIELD_GONE = Sentence(
    "The field %(field)s stands on %(held)s of %(n)s reviews (%(part)s); it was on %(before)s in the last complete "
    "run: the page has changed."
)
FIELD_LACKING = Sentence(
    "The field %(field)s stands on %(held)s of %(n)s reviews (%(part)s); it is on 100%% otherwise: the page has "
    "changed."
)

KEPT_OUT = Sentence("Kept out: %(what)s.")
ROBOTS = Sentence("robots: %(what)s.")
THEN_KEPT_OUT = Sentence("Kept out after %(pages)s page(s): %(what)s; %(n)s reviews were read until then.")
THEN_ROBOTS = Sentence("robots: %(what)s; %(n)s reviews were read until then.")
NO_PAGE = Sentence("No page could be read: %(what)s.")
IDS_SHARED = Sentence(
    "%(n)s reviews read, %(shared)s of them under an id that another review has: its ids only count the reviews of a "
    "page, so that those of the first page will not be told apart next time."
)
PAGES_LOST = Sentence("%(n)s reviews read; page(s) that could not be had: %(urls)s.")
STOPPED = Sentence("Stopped early: %(what)s; %(n)s reviews read.")
TIME_USED_UP = Sentence(
    "The time for this listing is used up: %(n)s reviews read; the next run goes on where this one stopped."
)
TIME_USED_UP_OF = Sentence(
    "The time for this listing is used up: %(n)s reviews of %(total)s declared read; the next run goes on where this "
    "one stopped."
)
BROKE = Sentence("The crawl itself broke (%(what)s).")
CRAWLER_BROKE = Sentence("The crawler itself could not start.")

NO_OTHER_WAY = Sentence("%(site)s has no other way in; an export of the account owner (export) can be read.")
OTHER_WAYS = Sentence("Other ways in for %(site)s: %(ways)s.")
API_WITH_KEY = Sentence("api (its key in %(key)s)")
CAPTURE_OF_PAGES = Sentence("capture (pages saved in a browser)")

ROWS_READ = Sentence("%(n)s rows read: %(held)s reviews, %(rejects)s in the rejects.")
ROWS_READ_OF_ALL = Sentence(
    "%(n)s rows read: %(held)s reviews, %(rejects)s in the rejects, %(skipped)s of other listings."
)
FILE_BROKEN = Sentence("%(file)s breaks off at record %(n)s: how many follow is not known. Export the reviews again.")
NO_ROW = Sentence("No row could be read.")

NO_SAVED_PAGE = Sentence("No page of %(site)s was found (parser %(parser)s tried): %(looked)s.")
NO_BODY = Sentence("no body that could be a page")
OTHER_RECORDS = Sentence("%(n)s record(s) are no such page.")
LOOKS_LIKE = Sentence('They look like pages of %(site)s: say site = "%(name)s".')

API_GIVES = Sentence("%(n)s reviews: the API gives out %(most)s and no more.")
API_GIVES_OF = Sentence("%(n)s reviews of %(total)s declared: the API gives out %(most)s and no more.")
KEY_WRONG = Sentence("the API does not accept the key (401): it is wrong or has expired; renew %(key)s")
KEY_REFUSED = Sentence("the API refuses this key (403): %(key)s may not read this business")
NO_SUCH_BUSINESS = Sentence("the API knows no such business (404): check address in the listing")
QUOTA_USED = Sentence("the quota of the API is used up (429), even after waiting; run again later")
API_ANSWERS = Sentence("the API answers %(status)s")
UNREADABLE_ANSWER = Sentence("an answer that cannot be read")

LOGIN_ASKED = Sentence("the site asks for a login (401)")
CRAWLER_REFUSED = Sentence("the site refuses the crawler (403)")
PROXY_ASKS = Sentence("a proxy asks for a login (407)")
TOO_MANY = Sentence("the site says too many requests (429), even after waiting")
WITHHELD = Sentence("the page is withheld for legal reasons (451)")
IS_CAPTCHA = Sentence("the page is a captcha")
IS_BOT_CHECK = Sentence("the page is a bot check")
IS_SUSPENDED = Sentence("the page is a notice that the site is suspended")
IS_REFUSAL = Sentence("the page is a refusal")
IS_LOGIN = Sentence("the page is a login page")
SHOWS_NOTHING = Sentence("the page shows neither reviews nor how many there are")

ROBOTS_FORBID = Sentence("robots.txt does not allow this page")
ROBOTS_UNREAD = Sentence("robots.txt could not be read")
ROBOTS_ANSWERED = Sentence("robots.txt answered %(status)s")
ROBOTS_A_PAGE = Sentence("robots.txt answered with a web page")
FOR_NOW = Sentence("%(why)s, which counts as a refusal for now: the next run asks for it again")

NOT_ASKED_FOR = Sentence("%(url)s was not asked for: %(what)s")
NO_WEB_ADDRESS = Sentence("it is not a web address")
ONLY_SCHEME = Sentence("only %(schemes)s may be read, not %(scheme)s:")
USER_NAME = Sentence("an address may not carry a user name")
OTHER_HOST = Sentence("%(host)s is not one of this site's hosts (%(hosts)s)")
OTHER_PORT = Sentence("port %(port)s is not the port of a public site")
NUMBER_HOST = Sentence("%(host)s is an address written as a number")
NO_ADDRESS = Sentence("%(host)s is not an address")
NOT_LOCAL = Sentence("%(host)s is not on this machine, and the listing is marked local")
NOT_PUBLIC = Sentence("%(host)s is not a public address")

NOTHING_LANDED = Sentence("%(path)s: nothing has landed here (there is no %(file)s)")
DIGESTS_DIFFER = Sentence("%(path)s: %(files)s is not what was written (digests differ): refused")
CRAWL_BROKE = Sentence("%(listing)s: the crawl broke: %(what)s")

NOT_HAD = Sentence("%(url)s could not be had")
ITSELF_BROKE = Sentence("the crawl itself broke")
OUT_OF_TIME = Sentence("the time for this listing is used up")
OUT_OF_MEMORY = Sentence("out of memory")
PAGE_LIMIT = Sentence("the limit of %(n)s pages")
OTHER_PAGES = Sentence("the capture does not hold the pages that its last ones lead to")
NO_PAGE_READ = Sentence("no page was read")
STATUS = Sentence("status %(status)s")
CUT_OFF = Sentence("arrived in part on every try")
PARSER_BROKE = Sentence("the parser broke (%(what)s)")

ALL = sentences(globals())
