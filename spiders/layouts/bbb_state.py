"""The lists of reviews and complaints in BBB's page state; both count how many there are."""

from __future__ import annotations

import re
from typing import Any

from spiders import embedded, schemaorg
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.site import UnreadableError
from spiders.values import at, count, first, members, number

_LIST = re.compile(r'"(customerReviews|customerComplaints)"\s*:\s*(?=\{)')
_SUMMARY = re.compile(r'"reviewsComplaintsSummary"\s*:\s*(?=\{)')


def read(reading: Reading) -> ParsedPage:
    html = embedded.text_of(reading.page)
    lists = [each for each in embedded.values(html, _LIST) if isinstance(each.get("items"), list)]
    summary = first(list(embedded.values(html, _SUMMARY)))
    if not lists and summary is None:
        raise UnreadableError("looked for customerReviews, customerComplaints or their summary in the state")
    business = schemaorg.business(html)
    listed = [card for each in lists for card in members(each, "items")]
    found = [count(each.get("numFound")) for each in lists]
    return ParsedPage(
        reviews=tuple(once(_review(reading, card, business) for card in listed)),
        business=business,
        average=number(at(summary, "averageOfReviewStarRatings")),
        declared_total=sum(each for each in found if each is not None) if found else None,
        next_url=embedded.link(html, "next", reading.page.url),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: dict[str, Any], business: str | None) -> Review:
    stars, given = card.get("reviewStarRating"), clean(card.get("id"))
    status = clean(card.get("complaintStatus") or card.get("status"))
    kind = clean(card.get("complaintType") or card.get("type"))
    return Review(
        site=reading.site.name,
        id=given if given and not (given.isdigit() and int(given) < 1000) else None,  # else its place in the list
        url=reading.page.url or None,
        rating=reading.stars(stars),
        rating_raw=clean(stars),
        rating_scale=reading.site.scale if stars is not None else None,
        text=clean(card.get("text") or card.get("complaintText") or card.get("description")),
        author=clean(card.get("displayName")),
        posted=reading.date(_day(card.get("date"))),
        business=business,
        attributes={name: value for name, value in (("complaint", kind), ("status", status)) if value},
        reply=reading.reply(
            card.get("businessResponseText") or card.get("businessRebuttalText"),
            reading.date(_day(card.get("businessResponseDate") or card.get("businessRebuttalDate"))),
        ),
    )


def _day(given: Any) -> Any:
    """A date as {day, month, year}, as ISO or as 03/10/2021."""
    if not isinstance(given, dict):
        return given
    year, month, day = (str(given.get(name) or "").zfill(2) for name in ("year", "month", "day"))
    return f"{year}-{month}-{day}"
