"""TextBlob's polarity of a review, beside the stars: a signal that decides nothing.

On the public sets it finds about a third of the complaints, so it is recorded, compared with the stars, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from audits.analysis.english import english
from audits.analysis.intervals import share
from audits.analysis.language import analysed, of_review
from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext
from audits.store.records import StoredReview

SIGNAL = "textblob-polarity"
"""The name under which it is recorded."""
WORD_LIST = "en/en-sentiment.xml"
"""All that is read of TextBlob: it comes with the package, unlike the corpora that its other calls need."""
CLEAR = 0.1
HIGH, LOW = 4.0, 2.0


class WordListError(RuntimeError):
    """TextBlob's word list is not where it is installed."""


def ready() -> None:
    """Raise `WordListError` where the word list is missing, so that no run finds out at its end; imports nothing."""
    found = find_spec("textblob")
    for place in (found.submodule_search_locations or ()) if found else ():
        if (Path(place) / WORD_LIST).is_file():
            return
    raise WordListError(f"TextBlob's word list ({WORD_LIST}) is missing: install Telltale again from its lock file.")


def polarities(reviews: Iterable[StoredReview]) -> Mapping[str, float]:
    """Review key → polarity in −1…1, of the reviews with an English text; the word list knows no other language.

    Some 7,000 are read a second, so a review is read once, with its statements.
    """
    return {review.key: tone(review.text or "") for review in reviews if review.text and _english(review)}


def tone(text: str) -> float:
    """The polarity of an English text, −1…1."""
    return float(_sentiment()(text)[0])


@lru_cache(maxsize=1)
def _sentiment() -> Any:
    """What TextBlob's own analyzer asks, which makes a class of every answer; with its words loaded it is a plain
    dictionary, and need not look at each word whether they are."""
    sentiment = english().sentiment
    sentiment.load()
    plain = {name: getattr(dict, name) for name in ("__contains__", "__getitem__")}
    sentiment.__class__ = type("Loaded", (type(sentiment),), plain)
    return sentiment


def _english(review: StoredReview) -> bool:
    if not any(map(str.isalpha, review.text or "")):
        return False  # 0.0 would say that an emoji is neutral
    return analysed(of_review(review.title, review.text, review.language))


def contradictions(reviews: Iterable[StoredReview], found: Mapping[str, float]) -> Figure | NotObservable:
    """Share of rated reviews whose polarity clearly contradicts the stars."""
    rated = [review for review in reviews if review.rating is not None and review.key in found]
    if not rated:
        return NotObservable(reason=gettext("No review has both text and stars."))
    against = sorted(review.key for review in rated if _against(review.rating or 0.0, found[review.key]))
    return share(len(against), len(rated), method="polarity", evidence=against)


def _against(rating: float, polarity: float) -> bool:
    return (rating >= HIGH and polarity < -CLEAR) or (rating <= LOW and polarity > CLEAR)
