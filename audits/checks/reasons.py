"""What the checks found amiss, in sentences with named values; kept as English text as `spiders.reasons` are."""

from __future__ import annotations

from spiders.reasons import Sentence, sentences

FEW_ARRIVED = Sentence("Fewer than %(n)s reviews arrived.")
NONE_ARRIVED = Sentence("No review arrived.")
OTHER_COLUMNS = Sentence("The staged reviews do not have the columns they should.")
NO_ID = Sentence("Some reviews have no id.")
UNRATED = Sentence("Next to no review has a rating.")
SILENT = Sentence("Next to no review has any words.")
SHARED_IDS = Sentence("More than a fifth of the rows share their id with another.")
OUT_OF_RANGE = Sentence("More than 2% of the ratings are outside 1–5.")
UNREAD_DATES = Sentence("More than 2% of the dates could not be read.")
GARBLED = Sentence("More than one character in a thousand could not be read (U+FFFD): the encoding was mistaken.")
FROM_THE_FUTURE = Sentence(
    "More than 2% of the reviews are dated after they were collected: are day and month in order?"
)
OFTEN_MISSING = Sentence("%(field)s, which every review of this site has, is often missing.")
EMPTIER = Sentence("%(field)s is filled much less often than in earlier runs (%(part)s).")
NOT_EMPTY = Sentence("The site says that there are no reviews, and %(n)s were read.")
UNLIKE_BEFORE = Sentence("%(n)s reviews arrived where the last runs had %(usual)s.")
FEWER_THAN_DECLARED = Sentence("%(n)s of the %(total)s reviews that the site declares were collected.")

OVERRIDE_EXPIRED = Sentence("The override by %(who)s expired on %(day)s: look at it again and write a new one.")
LET_THROUGH = Sentence("%(who)s let it through until %(day)s: %(why)s.")
NOT_COLLECTED = Sentence("The listing was not collected.")

ALL = sentences(globals())
