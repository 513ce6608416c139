"""The site's pages as HTML: every word of a reviewer or owner is text in them, never markup."""

from __future__ import annotations

from html import escape

from spiders.sandbox.jsonld import embedded
from spiders.sandbox.truth import Business, TrueReview, Truth

PAGE_SIZE = 20
ROBOTS = "User-agent: *\nAllow: /biz/\nDisallow: /private/\n"
NO_REVIEWS = '<p class="empty-state" data-state="no-reviews">No reviews yet. Be the first to write one.</p>'


def last_page(business: Business) -> int:
    """The number of the last listing page; an empty business has one page."""
    return max(1, -(-len(business.reviews) // PAGE_SIZE))


def listing(business: Business, page: int) -> str:
    """Listing page `page` (from 1), newest reviews first."""
    name, path, last = escape(business.plan.name), f"/biz/{business.plan.slug}", last_page(business)
    shown = business.reviews[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    head = "".join(
        f'<link rel="{rel}" href="{path}?page={number}">\n'
        for rel, number in (("prev", page - 1), ("next", page + 1))
        if 1 <= number <= last
    )
    head += f'<link rel="canonical" href="{path}{f"?page={page}" if page > 1 else ""}">\n'
    head += f'<script type="application/ld+json">{embedded(business, shown)}</script>\n'
    cards = "\n".join(_card(business, review) for review in shown) if shown else NO_REVIEWS
    pages = f'<nav class="pager" aria-label="Pages"><span>Page {page} of {last}</span>{_pager(path, page, last)}</nav>'
    body = f'<h1>{name}</h1>\n{_summary(business)}\n<section id="reviews">\n{cards}\n</section>\n{pages}'
    return _document(f"{name} reviews | Plainword", head, body)


def permalink(business: Business, review: TrueReview) -> str:
    """The page of one review."""
    name = escape(business.plan.name)
    head = f'<script type="application/ld+json">{embedded(business, [review])}</script>\n'
    back = f'<p><a href="/biz/{business.plan.slug}">All reviews of {name}</a></p>'
    return _document(f"A review of {name} | Plainword", head, f"<h1>{name}</h1>\n{_card(business, review)}\n{back}")


def front(truth: Truth) -> str:
    """The list of businesses."""
    items = "\n".join(
        f'<li><a href="/biz/{one.plan.slug}">{escape(one.plan.name)}</a> <small>{one.plan.industry},'
        f" {len(one.reviews)} reviews</small></li>"
        for one in truth.businesses
    )
    return _document("Plainword: reviews in plain words", "", f"<h1>Businesses</h1>\n<ul>\n{items}\n</ul>")


def private() -> str:
    """What no crawler may read."""
    return _document("Members | Plainword", "", '<p data-state="private">For signed-in members only.</p>')


def missing() -> str:
    """The body of a 404."""
    return _document("Not found | Plainword", "", "<h1>Not found</h1>")


def _document(title: str, head: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n{head}</head>\n'
        '<body class="sc-1f9x">\n<header class="sc-9k2d"><a href="/">Plainword</a> <a href="/private/me">Sign in</a>'
        f"</header>\n<main>\n{body}\n</main>\n<footer>An invented site: nobody here exists.</footer>\n"
        "</body>\n</html>\n"
    )


def _summary(business: Business) -> str:
    held = business.reviews
    if not held:
        return '<p class="sc-sum">0 reviews</p>'
    average = sum(review.rating for review in held) / len(held)
    bars = "".join(
        f"<li>{stars} stars: {sum(review.rating == stars for review in held)}</li>" for stars in range(5, 0, -1)
    )
    return f'<p class="sc-sum"><b>{average:.2f}</b> out of 5 from {len(held)} reviews</p><ul>{bars}</ul>'


def _pager(path: str, page: int, last: int) -> str:
    older = f'<a rel="next" href="{path}?page={page + 1}">Older reviews</a>' if page < last else ""
    newer = f'<a rel="prev" href="{path}?page={page - 1}">Newer reviews</a>' if page > 1 else ""
    return newer + older


def _card(business: Business, review: TrueReview) -> str:
    lines = [
        f'<article class="sc-7tq1 card" data-review-id="{review.id}" lang="{review.language}">',
        f'<p class="sc-by"><span class="author">{escape(review.author)}</span> <time datetime="{review.posted_on}">'
        f"{review.posted_on}</time>{_updated(review)}</p>",
        f'<p class="stars" aria-label="{review.rating} out of 5">{"★" * review.rating}{"☆" * (5 - review.rating)}</p>',
    ]
    if review.title:
        lines.append(f'<h3><a href="/review/{review.id}">{escape(review.title)}</a></h3>')
    if review.text:
        lines.append(f'<div class="body">{escape(review.text).replace(chr(10), "<br>")}</div>')
    lines += _facts(review)
    if review.reply:
        lines.append(
            f'<blockquote class="reply"><b>Reply from {escape(business.plan.name)}</b> <time datetime="'
            f'{review.reply.posted_on}">{review.reply.posted_on}</time><p>{escape(review.reply.text)}</p></blockquote>'
        )
    return "\n".join([*lines, "</article>"])


def _updated(review: TrueReview) -> str:
    on = review.updated_on
    return f' <span class="edited">edited <time datetime="{on}">{on}</time></span>' if on else ""


def _facts(review: TrueReview) -> list[str]:
    facts = [f"<li>{escape(aspect)}: {value}/5</li>" for aspect, value in review.subratings]
    for label, value in (("At", review.location), ("Experienced", review.experienced)):
        facts += [f"<li>{label}: {escape(value)}</li>"] if value else []
    facts += ["<li>Verified</li>"] if review.verified else []
    facts += ["<li>Invited by the business</li>"] if review.invited else []
    return [f'<ul class="facts">{"".join(facts)}</ul>'] if facts else []
