"""DealerRater's cards of 2021 and 2022: id in an anchor, stars in a class, the text in one part or in two."""

from __future__ import annotations

import re

from spiders import embedded, schemaorg
from spiders.dom import Card, Tag, cards, markup, value_of, words_of
from spiders.items import ParsedPage, Reply, Review
from spiders.reading import Reading, once
from spiders.site import UnreadableError

_CARD = r'<div[^<>]*\bclass=["\'][^"\']*\breview-entry\b[^<>]*>'
_STARS = re.compile(r"\brating-(\d\d)\b")


def read(reading: Reading) -> ParsedPage:
    html = embedded.text_of(reading.page)
    held = list(cards(html, _CARD))
    subject = schemaorg.subject(html)
    if not held and (subject.name is None or "dealerrater" not in html):
        raise UnreadableError("looked for .review-entry cards, and for a dealer's JSON-LD")
    return ParsedPage(
        reviews=tuple(once(_review(reading, card, subject.name) for card in held)),
        business=subject.name,
        average=subject.average,
        declared_total=subject.total,
        next_url=embedded.link(html, "next", reading.page.url),
        problems=tuple(reading.problems),
    )


def _review(reading: Reading, card: Card, business: str | None) -> Review:
    named = next((name for tag in card.all("a") if re.fullmatch(r"r\d+", name := value_of(tag, "name") or "")), None)
    stars = _stars(card.given("class", ".dealership-rating", ".rating-static"))
    parts = dict(_parts(card))
    kind = card.text(".review-date", ".dealership-rating", ".small-text")
    recommends = parts.pop("Recommend Dealer", None)
    return Review(
        site=reading.site.name,
        id=named[1:] if named else None,
        url=f"{reading.page.url}#{named}" if named and reading.page.url else reading.page.url or None,
        rating=reading.stars(stars),
        rating_raw=stars,
        rating_scale=reading.site.scale,
        recommended={"yes": True, "no": False}.get((recommends or "").lower()),
        title=(card.text(".review-title") or card.text(".review-wrapper", "h3") or "").strip('"“” ') or None,
        text=_text(card),
        author=re.sub(r"^(?:by|-)\s+", "", card.text(".review-wrapper", "span.notranslate") or "") or None,
        posted=reading.date(card.text(".review-date", ".italic")),
        business=business,
        subratings={name: float(value) for name, value in parts.items() if value and value[0].isdigit()},
        attributes={"visit": kind} if kind else {},
        reply=_reply(reading, card, business),
    )


def _stars(classes: str | None) -> str | None:
    found = _STARS.search(classes or "")
    return f"{int(found[1]) / 10:g}" if found else None


def _text(card: Card) -> str | None:
    """The whole text: in 2022 the title is its first words, and the snippet a part of it once more."""
    whole = card.text(".review-whole") or card.text(".review-snippet")
    first = card.text(".review-title")
    return card.text(".review-content") or " ".join(each for each in (first, whole) if each) or None


def _parts(card: Card) -> list[tuple[str, str | None]]:
    rows = [(words_of(each), each.getparent()) for each in card.all(".review-ratings-all", ".lt-grey")]
    told = [(name, row, list(row.iterdescendants("div"))) for name, row in rows if name and row is not None]
    return [(name, _drawn(drawn) or words_of(row, drawn[:1])) for name, row, drawn in told if drawn]


def _drawn(tags: list[Tag]) -> str | None:
    return _stars(" ".join(value_of(each, "class") or "" for each in tags))


def _reply(reading: Reading, card: Card, business: str | None) -> Reply | None:
    """The dealer's answer. Reviewers add public messages too, in the same markup under their own names."""
    for message in card.all(".public-messages"):
        inner = Card(markup(message))
        if inner.text(".notranslate") == business:
            return reading.reply(inner.text(".review-response"), reading.date(inner.text(".italic-bold")), escaped=0)
        reading.note("a public message under a review is not the dealer's: not counted as its reply")
    return None
