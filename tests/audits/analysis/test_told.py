"""Single cases stand for themselves; counter-evidence, groups, signals and other voices are told beside a leak."""

from __future__ import annotations

from audits.analysis.given import Given
from audits.analysis.measures import Care, Measures
from audits.analysis.severity import flags
from audits.analysis.values import GapScore, Leak
from audits.analysis.worth import kinds
from tests.audits.analysis.made import measured, neutral, review, says
from tests.audits.analysis.test_worth import beside, flagged, some


def leak_of(held: list, statements: list, gap: str = "queue") -> Leak:  # type: ignore[type-arg]  # rows of `made`
    return next(leak for leak in measured(held, statements).leaks if leak.gap == gap)


def test_grave_cases_stand_one_by_one_newest_first_also_in_a_reading_of_cases() -> None:
    held = [review(at, day=f"2024-03-{at + 1:02d}") for at in range(9)]
    statements = [neutral(one) for one in held]
    statements += [
        flagged(held[2], "My mother ended up in hospital.", "grave", severity=3),
        flagged(held[7], "He was racist to us.", "discrimination", severity=3),
        flagged(held[7], "They said sorry and put it right.", "recovery", complaint=0.1, outside="praise"),
    ]
    found = beside(held, statements).moments
    assert [case.review for case in found] == [held[7].key, held[2].key]
    assert found[0].righted and not found[1].righted and found[1].kinds == ("Safety",)


def test_a_grave_case_is_told_by_what_happened_and_not_by_a_bare_word() -> None:
    held = [review(0, rating=1.0)]
    bare = flagged(held[0], "Dangerous", "grave", severity=3, complaint=0.99)
    told = flagged(held[0], "The unsafe balcony rail broke off in my hand.", "grave", severity=3, complaint=0.8)
    (case,) = beside(held, [bare, told]).moments
    assert case.statement.text == told.text


def test_a_review_of_five_stars_tells_of_misfortune_as_its_occasion_and_not_as_a_failing() -> None:
    held = [review(0, rating=5.0), review(1, rating=1.0)]
    statements = [flagged(one, "She was injured and we rushed to the vet.", "grave", severity=3) for one in held]
    assert [case.review for case in beside(held, statements).moments] == [held[1].key]


def test_what_an_insurer_insures_is_no_grave_case_but_a_threat_of_law_is() -> None:
    held = some(10)
    statements = [neutral(one) for one in held]
    statements += [
        flagged(held[2], "My dog was injured and you refused the claim.", "grave", severity=3),
        flagged(held[4], "I have told my solicitor about the refusal.", "grave", severity=3),
        flagged(held[6], "After the injury all was paid within a day.", "handled", complaint=0.1, outside="praise"),
    ]
    insured = beside(held, statements, given=Given(industry="pet insurance"))
    assert [(case.review, case.kinds) for case in insured.moments] == [(held[4].key, ("Legal or press threats",))]
    assert insured.handled == ()
    elsewhere = beside(held, statements, given=Given(industry="hotel"))
    assert {case.review for case in elsewhere.moments} == {held[2].key, held[4].key} and len(elsewhere.handled) == 1


def test_what_is_praised_is_put_right_only_where_its_author_says_so() -> None:
    held = some(3)
    statements = [
        flagged(held[0], "The night porter sat with us until the ambulance came.", "handled", outside="praise"),
        flagged(held[1], "The porter saw the gas leak.", "handled", outside="praise"),
        flagged(held[1], "They put it right within the hour.", "recovery", complaint=0.1, outside="praise"),
        neutral(held[2]),
    ]
    found = {case.review: case.righted for case in beside(held, statements).handled}
    assert found == {held[0].key: False, held[1].key: True}


def test_what_was_lost_is_what_an_insurer_insures() -> None:
    lost = says(review(3), "Our cases were stolen from the hire car.", "custody", severity=3)
    assert list(kinds(lost, "pet insurance")) == []
    assert list(kinds(lost, "hotel")) == ["Lost property"]


def test_harm_is_a_case_where_it_surely_was_read_and_is_not_what_customers_insure() -> None:
    fell = says(review(3), "A shelf collapsed and nearly hit my son.", "safety", severity=3)
    fell = fell._replace(gaps=(GapScore(gap="safety", confidence=0.9),))
    doubtful = (GapScore(gap="safety", confidence=0.6),)
    step = fell._replace(text="We took the stairs to the second floor.", gaps=doubtful, complaint=0.7, vector="")
    hardly = fell._replace(complaint=0.55)
    assert [list(kinds(one, "hotel")) for one in (fell, step, hardly)] == [["Safety"], [], []]
    assert list(kinds(fell, "pet insurance")) == []


def test_what_patients_come_with_or_in_is_no_grave_case_of_those_who_treat_it() -> None:
    def told(text: str, trade: str) -> list[str]:
        return list(kinds(flagged(review(3), text, *flags(text), severity=3), trade))

    for text in ("Less waiting time for the ambulance.", "I waited three hours with a fractured wrist."):
        assert told(text, "hotel") == ["Safety"] and told(text, "hospital") == []
    assert told("The ambulance crew left the floor unsafe.", "hospital") == ["Safety"]
    served = [flagged(review(1), "The ambulance crew were kind.", "handled", complaint=0.1, outside="praise")]
    assert beside([review(1)], served, given=Given(industry="hospital")).handled == ()


def test_a_grave_case_is_of_the_firm_and_not_of_what_it_costs_or_of_a_thief() -> None:
    def told(text: str, trade: str = "hotel") -> list[str]:
        return list(kinds(flagged(review(3), text, *flags(text), severity=3), trade))

    assert told("They stole my deposit.") == ["Money taken"] and told("I paid thousands of dollars.") == []
    assert told("I am filing a complaint with the BBB.") == ["Legal or press threats"]
    assert (
        told("Read the BBB reviews first.") == [] and told("Nobody understands it without a lawyer to read it.") == []
    )
    assert told("This company is a fraud.") == ["Called fraud or unlawful"]
    assert told("They treated me like a fraudster.") == []
    assert told("The police had to be called to the bar.") == ["Legal or press threats"]
    assert told("I went to the police after the break-in.", "insurer") == []


def test_a_verdict_of_few_words_is_no_matter_outside_the_frame() -> None:
    held = some(80)
    statements = [neutral(one) for one in held]
    statements += [says(one, "A sorry tale.") for one in held[:12]]
    statements += [says(one, "The noisy peacock woke us at dawn.") for one in held[20:40]]
    assert [each.name for each in beside(held, statements).emerging] == ["noisy peacock"]


def test_to_be_called_a_fraud_is_no_threat_of_law() -> None:
    held = some(10)
    statements = [neutral(one) for one in held]
    statements += [
        flagged(held[2], "Keep away from this fraudulent shop.", "grave", severity=3),
        flagged(held[4], "I hope that the shop goes bankrupt soon.", "grave", severity=3),
    ]
    assert [case.kinds for case in beside(held, statements).moments] == [("Called fraud or unlawful",)]


def test_a_grave_matter_that_is_praised_was_handled_well_and_is_no_case() -> None:
    held = some(20)
    statements = [neutral(one) for one in held]
    statements += [flagged(held[3], "He collapsed and staff saved him.", "handled", complaint=0.1, outside="praise")]
    found = beside(held, statements)
    assert found.moments == () and [case.review for case in found.handled] == [held[3].key]


def test_a_leak_tells_how_often_it_was_put_right_and_what_its_words_point_to() -> None:
    held = some()
    waits = [says(one, "We stood in line for an hour.", "queue") for one in held[:20]]
    waits[0] = waits[0]._replace(text="The computer system was down so we stood in line.")
    righted = [flagged(one, "They put it right.", "recovery", complaint=0.1, outside="praise") for one in held[:5]]
    around = leak_of(held, [neutral(one) for one in held] + waits + righted).around
    assert around is not None and around.recovered.value == 0.25 and around.recovered.n == 20
    assert [(one.factor, one.statements) for one in around.factors] == [("process", 19), ("technology", 1)]


def test_groups_are_told_where_the_source_knows_them_of_half_of_the_reviews() -> None:
    held = [review(at, attributes={"traveller": "Business" if at % 2 else "Family"}) for at in range(100)]
    waits = [says(one, "We stood in line for an hour.", "queue") for one in held[1:40:2]]
    around = leak_of(held, [neutral(one) for one in held] + waits).around
    assert around is not None
    assert [(name, value, share.value) for name, value, share in around.segments] == [
        ("traveller", "Business", 0.4),
        ("traveller", "Family", 0.0),
    ]
    few = [one._replace(attributes={}) if at > 40 else one for at, one in enumerate(held)]
    around = leak_of(few, [neutral(one) for one in few] + waits).around
    assert around is not None and around.segments == ()


def test_a_leak_is_given_without_the_reviews_that_a_signal_points_to() -> None:
    held = [review(at, author_key="one" if at < 12 else f"author-{at}") for at in range(100)]
    waits = [says(one, "We stood in line for an hour.", "queue") for one in held[:20]]
    measures = measured(held, [neutral(one) for one in held] + waits)
    leak = next(leak for leak in measures.leaks if leak.gap == "queue")
    assert measures.measures is not None and measures.measures.signalled == {"author": 10}
    assert leak.share.value == 0.2 and leak.around is not None and leak.around.without_signalled is not None
    assert leak.around.without_signalled.n == 90 and leak.around.without_signalled.value == 10 / 90


def test_other_voices_are_a_panel_of_their_own_and_in_no_share() -> None:
    held = some()
    calls = [review(500 + at, attributes={"channel": "calls"}, rating=None) for at in range(10)]
    spoken = [neutral(one) for one in held] + [says(one, "Nobody answers the phone.", "reachability") for one in calls]
    found = measured(held + calls, spoken)
    assert found.audited.reviews == 100 and found.leaks == () and found.measures is not None
    (voice,) = found.measures.voices
    assert (voice.name, voice.held) == ("calls", 10)
    assert [(gap, share.value) for gap, share in voice.gaps] == [("reachability", 1.0)]
    assert measured(calls, spoken).audited.reviews == 10


def test_the_reply_to_follow_does_most_and_the_one_to_avoid_least_and_a_confidential_trade_quotes_none() -> None:
    good = (
        "Dear [name], we are sorry that you waited in line and understand how frustrating it was. We have raised it "
        "with the team and added a desk. Please call us on [phone]. Anna, manager"
    )
    held = [review(at, rating=1.0, reply_text="Thank you.", reply_on="2024-03-09") for at in range(60)]
    held[7] = held[7]._replace(reply_text=good)
    statements = [says(one, "We stood in line for an hour.", "queue") for one in held]
    measures: Measures | None = measured(held, statements).measures
    assert measures is not None and isinstance(measures.care, Care)
    assert measures.care.best is not None and measures.care.best.review == held[7].key
    assert measures.care.worst is not None and measures.care.worst.text == "Thank you."
    from audits.analysis.given import Given

    secret = measured(held, statements, given=Given(confidential=True)).measures
    assert secret is not None and isinstance(secret.care, Care)
    assert secret.care.best is None and secret.care.worst is None
