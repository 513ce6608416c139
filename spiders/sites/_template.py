"""A template: copy it to `name_of_site.py`, say what is true of the site, read its page. docs/adding-a-site.md."""

from __future__ import annotations

from spiders import embedded
from spiders.dates import dated
from spiders.items import Page, ParsedPage, Review
from spiders.parse import clean, rating
from spiders.site import Site, UnreadableError


class Template(Site):
    name = "template"
    title = "Name of the site"
    hosts = ("www.example.com",)
    ways = ("crawl", "capture", "export")
    scale = "1-5"
    always_present = ("id", "rating", "posted")
    date_order = "DMY"

    def parse(self, page: Page) -> ParsedPage:
        html = embedded.text_of(page)
        state = next(
            (embedded.loads(text) for given, text in embedded.scripts(html) if given.get("id") == "state"), None
        )
        if not isinstance(state, dict) or not isinstance(state.get("reviews"), list):
            raise UnreadableError("looked for script#state with a list of reviews")
        read = [self._review(card, page) for card in state["reviews"] if isinstance(card, dict)]
        return ParsedPage(
            reviews=tuple(review for review, _ in read),
            declared_total=state.get("total"),
            next_url=embedded.link(html, "next", page.url),
            says_empty=state.get("total") == 0,
            problems=tuple(problem for _, problems in read for problem in problems),
        )

    def _review(self, card: dict[str, object], page: Page) -> tuple[Review, list[str]]:
        stars, off_scale = rating(card.get("stars"), self.scale)
        posted, no_date = dated(card.get("date"), order=self.date_order, fetched_at=page.fetched_at, zone=self.zone)
        review = Review(
            site=self.name,
            id=clean(card.get("id")),
            url=page.url,
            rating=stars,
            rating_raw=clean(card.get("stars")),
            rating_scale=self.scale,
            title=clean(card.get("title")),
            text=clean(card.get("text")),
            author=clean(card.get("author")),
            posted=posted,
        )
        return review, [problem for problem in (off_scale, no_date) if problem]
