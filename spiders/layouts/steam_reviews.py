"""Steam's appreviews objects: thumbs, epochs and BBCode; also a file in which someone keyed them by id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from spiders import embedded
from spiders.items import ParsedPage, Review
from spiders.parse import clean
from spiders.reading import Reading, once
from spiders.site import UnreadableError
from spiders.values import at, count, members

_TAGS = r"h\d|b|i|u|s|strike|spoiler|noparse|hr|url|list|olist|quote|code|table|tr|t[hd]|\*"
_MARKUP = re.compile(rf"\[/?(?:{_TAGS})(?:=[^\]]{{0,500}})?\]")
_LANGUAGES = {
    **{
        "english": "en",
        "german": "de",
        "french": "fr",
        "spanish": "es",
        "latam": "es",
        "italian": "it",
        "russian": "ru",
    },
    **{"russian": "ru", "polish": "pl", "brazilian": "pt", "portuguese": "pt", "schinese": "zh", "tchinese": "zh"},
    **{
        "koreana": "ko",
        "dutch": "nl",
        "swedish": "sv",
        "turkish": "tr",
        "czech": "cs",
        "ukrainian": "uk",
        "thai": "th",
    },
}


def read(reading: Reading) -> ParsedPage:
    body = embedded.loads(embedded.text_of(reading.page))
    held = at(body, "reviews")
    listed = [each for each in held.values() if isinstance(each, dict)] if isinstance(held, dict) else None
    listed = members(body, "reviews") if listed is None else listed
    if held is None or any("recommendationid" not in each for each in listed):
        raise UnreadableError("looked for the reviews of appreviews, each with a recommendationid")
    total = count(at(body, "query_summary", "total_reviews"))
    return ParsedPage(
        reviews=tuple(once(_review(reading, each) for each in listed)),
        declared_total=total,
        next_url=_after(reading.page.url, at(body, "cursor")) if listed else None,
        says_empty=total == 0,
        problems=tuple(dict.fromkeys(reading.problems)),
    )


def _review(reading: Reading, card: dict[str, Any]) -> Review:
    created, updated = card.get("timestamp_created"), card.get("timestamp_updated")
    thumb, tongue = card.get("voted_up"), clean(card.get("language"))
    return Review(
        site=reading.site.name,
        id=clean(card["recommendationid"]),
        url=reading.page.url or None,
        recommended=thumb if isinstance(thumb, bool) else None,
        text=clean(_MARKUP.sub("", str(card.get("review") or ""))),
        author=clean(at(card, "author", "personaname") or at(card, "author", "steamid")),
        posted=reading.epoch(created),
        updated=reading.epoch(updated if updated != created else None),
        language=_LANGUAGES.get(tongue or "", tongue),
        verified=card["steam_purchase"] if isinstance(card.get("steam_purchase"), bool) else None,
        attributes=dict(_attributes(card)),
        reply=reading.reply(card.get("developer_response"), reading.epoch(card.get("timestamp_dev_responded"))),
    )


def _attributes(card: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("received_for_free", "written_during_early_access"):
        if isinstance(card.get(name), bool):
            yield name, str(card[name]).lower()


def _after(url: str, cursor: Any) -> str | None:
    if not url or not isinstance(cursor, str) or not cursor:
        return None
    bare, _, query = url.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name != "cursor"]
    return f"{bare}?{urlencode([*kept, ('cursor', cursor)], quote_via=quote)}"
