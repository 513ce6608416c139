"""Official APIs against a loopback server that speaks their documented protocol: paging, quota, keys, errors."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from spiders.intake.api.client import ApiError, Client
from spiders.intake.api.land import KeyMissingError, land_api
from spiders.intake.api.protocols import APIS
from spiders.items import Landing, Review
from spiders.landing import PAGES, read_reviews
from tests.spiders.bench import KEY, Answer, Bench, serving

HIDDEN = "a-key-that-nobody-may-see"
GBP = "/v4/accounts/1/locations/2/reviews?pageSize=50&orderBy=updateTime+desc"
PLACE = "/v1/places/ChIJ1"


def answer(held: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(status=status, body=json.dumps(held).encode(), kind="application/json", headers=headers)


def profile(ids: range, total: int, token: str | None = None) -> dict[str, Any]:
    """An answer of accounts.locations.reviews.list as its reference describes it."""
    cards = [
        {
            "reviewId": f"g{at}",
            "reviewer": {"displayName": f"Person{at} Somebody"},
            "starRating": ["ONE", "TWO", "THREE", "FOUR", "FIVE"][at % 5],
            "comment": f"The lift was out of order on visit {at}.",
            "createTime": "2024-05-01T10:00:00Z",
            "updateTime": "2024-05-01T10:00:00Z",
        }
        for at in ids
    ]
    told = {"nextPageToken": token} if token else {}
    return {"reviews": cards, "averageRating": 3.0, "totalReviewCount": total, **told}


def place(count: int, total: int) -> dict[str, Any]:
    """An answer of Places v1 with its field mask."""
    cards = [
        {
            "name": f"places/ChIJ1/reviews/p{at}",
            "rating": 1 + at % 5,
            "text": {"text": f"The lift was out of order on visit {at}.", "languageCode": "en"},
            "authorAttribution": {"displayName": f"Person{at} Somebody"},
            "publishTime": "2024-05-01T10:00:00Z",
        }
        for at in range(count)
    ]
    named = {"text": "Bench & Co", "languageCode": "en"}
    return {"id": "ChIJ1", "displayName": named, "rating": 3.0, "userRatingCount": total, "reviews": cards}


def asked(bench: Bench, out: Path, **given: Any) -> tuple[Landing, list[Review], list[float]]:
    slept: list[float] = []
    facts: dict[str, Any] = {
        "engagement": "e", "listing": "a", "business": "Bench & Co", "site": "googlebusinessprofile",
        "address": "accounts/1/locations/2", "key": KEY, "secret": HIDDEN, "base": bench.url,
    }  # fmt: skip
    landing = land_api(**(facts | given), out=out, clock=lambda: "2024-06-01T00:00:00Z", sleep=slept.append)
    kept = b"".join(each.read_bytes() for each in out.iterdir())
    kept += gzip.decompress((out / PAGES).read_bytes()) if (out / PAGES).stat().st_size else b""
    assert HIDDEN.encode() not in kept
    return landing, list(read_reviews(out)), slept


def test_all_pages_of_a_profile_land_by_their_tokens(tmp_path: Path) -> None:
    with serving() as bench:
        bench.put(GBP, answer(profile(range(50), 120, "t2")))
        bench.put(f"{GBP}&pageToken=t2", answer(profile(range(50, 100), 120, "t3")))
        bench.put(f"{GBP}&pageToken=t3", answer(profile(range(100, 120), 120)))
        landing, found, _ = asked(bench, tmp_path / "l")
    assert len(found) == 120 and (landing.way, landing.as_of) == ("api", "2024-06-01T00:00:00Z")
    assert (landing.verdict.name, landing.verdict.scope, landing.declared_total) == ("complete", "full", 120)
    assert landing.storage and found[0].rating == 1.0 and found[0].author_key


def test_tokens_that_are_new_each_time_and_bring_nothing_new_end_the_walk(tmp_path: Path) -> None:
    with serving() as bench:
        bench.put(GBP, answer(profile(range(50), 120, "t1")))
        for each in range(1, 9):
            bench.put(f"{GBP}&pageToken=t{each}", answer(profile(range(50), 120, f"t{each + 1}")))
        landing, found, _ = asked(bench, tmp_path / "l")
        assert len(bench.asked) == 2
    assert (landing.verdict.name, len(found)) == ("partial", 50) and "50 of 120" in landing.verdict.reason


@pytest.mark.parametrize(("status", "words"), [(401, "renew GOOGLE_BUSINESS_TOKEN"), (403, "may not read")])
def test_a_key_that_is_not_accepted_is_a_block_with_the_next_step(tmp_path: Path, status: int, words: str) -> None:
    with serving() as bench:
        bench.put(GBP, answer({"error": {"status": "UNAUTHENTICATED"}}, status))
        landing, _, slept = asked(bench, tmp_path / "l")
        assert len(bench.asked) == 1 and not slept
    assert landing.verdict.name == "blocked" and words in landing.verdict.reason


def test_a_quota_is_waited_for_within_the_budget_and_else_the_run_is_partial(tmp_path: Path) -> None:
    with serving() as bench:
        bench.put(GBP, answer({}, 429, **{"Retry-After": "20"}), answer(profile(range(50), 60, "t2")))
        bench.put(f"{GBP}&pageToken=t2", answer({}, 429, **{"Retry-After": "4000"}))
        landing, found, slept = asked(bench, tmp_path / "l")
    assert slept == [20.0] and len(found) == 50
    assert landing.verdict.name == "partial" and "quota" in landing.verdict.reason


def test_a_time_until_which_an_api_wants_to_be_left_alone_is_kept_where_it_is_a_date(tmp_path: Path) -> None:
    soon, far = (format_datetime(datetime.now(UTC) + timedelta(seconds=each), usegmt=True) for each in (60, 4000))
    with serving() as bench:
        bench.put(GBP, answer({}, 503, **{"Retry-After": soon}), answer(profile(range(50), 60, "t2")))
        bench.put(f"{GBP}&pageToken=t2", answer({}, 429, **{"Retry-After": far}))
        landing, _, slept = asked(bench, tmp_path / "l")
        assert len(bench.asked) == 3
    assert len(slept) == 1 and 50 < slept[0] <= 60 and landing.verdict.name == "partial"


def test_an_error_of_the_server_is_asked_again(tmp_path: Path) -> None:
    with serving() as bench:
        bench.put(GBP, answer({}, 503), Answer(reset=True), answer(profile(range(3), 3)))
        landing, found, slept = asked(bench, tmp_path / "l")
    assert len(found) == 3 and len(slept) == 2 and landing.verdict.name == "complete"


def test_an_answer_that_never_comes_or_is_no_answer_is_told(tmp_path: Path) -> None:
    with serving() as bench:
        bench.put(GBP, answer({}, 500))
        landing, _, slept = asked(bench, tmp_path / "a")
        assert landing.verdict.name == "failed" and "500" in landing.verdict.reason and len(slept) == 3
        bench.put(GBP, answer({"hello": 1}))
        landing, _, _ = asked(bench, tmp_path / "b")
        assert landing.verdict.name == "failed" and "looked for an answer" in landing.verdict.reason
        bench.put(GBP, answer({}, 404))
        landing, _, _ = asked(bench, tmp_path / "c")
        assert "check address in the listing" in landing.verdict.reason


def test_five_reviews_of_a_place_are_a_capped_run_whose_shortfall_is_told_and_which_may_not_be_stored(
    tmp_path: Path,
) -> None:
    with serving() as bench:
        bench.put(PLACE, answer(place(5, 812)))
        landing, found, _ = asked(bench, tmp_path / "l", site="googleplaces", address="ChIJ1")
    assert len(found) == 5 and not landing.storage
    assert (landing.verdict.name, landing.verdict.scope) == ("partial", "capped")
    assert "5 reviews of 812 declared: the API gives out 5" in landing.verdict.reason


def trustpilot(ids: range) -> dict[str, Any]:
    """An answer of business-units/…/reviews; it does not say how many there are."""
    said = {"title": "The lift", "language": "en", "createdAt": "2024-05-01T10:00:00Z"}
    reply = {"companyReply": {"text": "We are sorry.", "createdAt": "2024-05-02T10:00:00Z"}}
    return {
        "reviews": [
            {"id": f"t{at}", "stars": 1 + at % 5, "text": f"Out of order on visit {at}.", **said, **reply}
            | {"consumer": {"displayName": f"Person{at} Somebody"}}
            for at in ids
        ]
    }


def test_trustpilots_pages_are_walked_to_the_empty_one_and_proved_by_the_units_total(tmp_path: Path) -> None:
    path = "/v1/business-units/u1/reviews?perPage=100&orderBy=createdat.desc&page="
    with serving() as bench:
        bench.put("/v1/business-units/u1", answer({"numberOfReviews": {"total": 130}, "score": {"trustScore": 3.1}}))
        bench.put(f"{path}1", answer(trustpilot(range(100))))
        bench.put(f"{path}2", answer(trustpilot(range(100, 130))))
        bench.put(f"{path}3", answer(trustpilot(range(0))))
        landing, found, _ = asked(bench, tmp_path / "l", site="trustpilot", address="u1")
    assert len(found) == 130 and landing.storage and landing.verdict.reason.startswith("130 reviews of 130")
    assert (landing.verdict.name, landing.verdict.scope) == ("complete", "full")
    assert found[0].reply is not None and found[0].reply.posted.on == "2024-05-02" and found[0].posted.on


def test_three_excerpts_of_yelp_are_capped_and_may_not_be_stored(tmp_path: Path) -> None:
    cards = [
        {"id": f"y{at}", "rating": 2, "text": "The lift was out of...", "time_created": "2024-05-01 10:00:00"}
        | {"user": {"name": f"Person{at} S."}, "url": f"https://www.yelp.com/biz/a?hrid=y{at}"}
        for at in range(3)
    ]
    with serving() as bench:
        bench.put("/v3/businesses/a/reviews?sort_by=newest", answer({"reviews": cards, "total": 40}))
        landing, found, _ = asked(bench, tmp_path / "l", site="yelp", address="a")
    assert len(found) == 3 and not landing.storage and found[0].attributes["excerpt"] == "yes"
    assert (landing.verdict.name, landing.verdict.scope) == ("partial", "capped")


def test_steam_is_read_without_a_key_by_its_cursor(tmp_path: Path) -> None:
    def held(ids: range, cursor: str) -> dict[str, Any]:
        cards = [
            {"recommendationid": str(at), "author": {"steamid": str(at)}, "language": "english", "review": f"Fun {at}"}
            | {"timestamp_created": 1714557600, "timestamp_updated": 1714557600, "voted_up": bool(at % 2)}
            for at in ids
        ]
        summary = {"num_reviews": len(cards)} | ({"total_reviews": 150} if ids.start == 0 else {})
        return {"success": 1, "query_summary": summary, "reviews": cards, "cursor": cursor}

    first = "/appreviews/440?json=1&filter=recent&language=all&purchase_type=all&num_per_page=100&cursor="
    with serving() as bench:
        bench.put(f"{first}*", answer(held(range(100), "A+=")))
        bench.put(f"{first}A%2B%3D", answer(held(range(100, 150), "B")))
        bench.put(f"{first}B", answer(held(range(0), "B")))
        landing, found, _ = asked(bench, tmp_path / "l", site="steam", address="440", secret=None)
    assert len(found) == 150 and landing.verdict.name == "complete", landing.verdict
    assert {each.recommended for each in found} == {True, False}


def test_without_its_key_nothing_is_asked_and_the_variable_is_named(tmp_path: Path) -> None:
    with serving() as bench:
        with pytest.raises(KeyMissingError, match="set GOOGLE_BUSINESS_TOKEN"):
            asked(bench, tmp_path / "l", secret=None)
        assert not bench.asked and not (tmp_path / "l").exists()


def test_a_redirect_is_not_followed_with_the_key(tmp_path: Path) -> None:
    with serving() as bench:
        bench.put(GBP, Answer(status=302, headers={"Location": f"{bench.url}/elsewhere"}))
        landing, _, _ = asked(bench, tmp_path / "l")
        assert bench.asked == [GBP] and landing.verdict.name == "failed"


def test_an_address_on_this_machine_is_refused_unless_the_listing_is_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 443))])
    client = Client(hosts=frozenset(["api.example.com"]), headers={}, sleep=lambda _: None)
    with pytest.raises(ApiError, match="not a public address"):
        client.get("https://api.example.com/x")
    with pytest.raises(ApiError, match="not one of this site's hosts"):
        client.get("https://other.example.com/x")
    with pytest.raises(ApiError, match="only https"):
        client.get("http://api.example.com/x")


def test_each_api_is_asked_as_its_reference_says() -> None:
    assert APIS["trustpilot"].headers("k") == {"apikey": "k"}
    first = APIS["trustpilot"].first("46d6")
    assert first.startswith("https://api.trustpilot.com/v1/business-units/46d6/reviews?perPage=100")
    assert APIS["trustpilot"].after(first, {"reviews": [{}]}) == f"{first[:-1]}2"
    assert APIS["trustpilot"].after(first, {"reviews": []}) is None
    assert APIS["yelp"].headers("k") == {"Authorization": "Bearer k"}
    steam = APIS["steam"].first("440")
    again = APIS["steam"].after(steam, {"reviews": [{}], "cursor": "AoJ4+="})
    assert again is not None and "cursor=AoJ4%2B%3D" in again
    assert APIS["steam"].after(again, {"reviews": [{}], "cursor": "AoJ4+="}) is None
