"""A theme has a name that a manager would use, and a quote that says it."""

from __future__ import annotations

from dataclasses import replace

from audits.analysis.matters import background_of
from audits.analysis.themes import themes
from tests.audits.analysis.made import review, says
from tests.audits.analysis.themed import CHAT, HOLD, MAIL, OTHER, found, found_names, spoken


def test_themes_are_named_by_what_customers_say() -> None:
    names = {theme.name: len(theme.reviews) for theme in found([*spoken(HOLD), *spoken(CHAT, 100), *spoken(MAIL, 200)])}
    assert {len(HOLD), len(CHAT), len(MAIL)} <= set(names.values())
    assert any("on hold" in name for name in names) and any("unanswered" in name for name in names)
    assert all(len(name.split()) > 1 for name in names)


def test_a_theme_is_named_by_a_whole_phrase_whose_forms_are_counted_as_one() -> None:
    told = ("The premium increased again.", "My premium has increased by half.", "Premium increased, no reason given.")
    (name,) = found_names((*told, "The premium was increased in May."), "price-level")
    assert name == "premium increased"


def test_a_negation_stays_in_the_name() -> None:
    told = ("They did not answer the phone.", "Nobody there does answer the phone.", "They never answer the phone.",
            "You don't answer the phone.")  # fmt: skip
    (name,) = found_names(told, "reachability")
    assert name.startswith(("not answering", "no one answers", "nobody")) and "phone" in name


def test_what_is_said_with_and_without_a_no_is_named_with_it() -> None:
    told = ("No value for money.", "Value for money was not there.", "There is no value for money here.",
            "Value for money is not that great.", "Not good value for money.")  # fmt: skip
    assert found_names(told, "price-level") == {"no value for money"}


def test_praise_names_no_theme() -> None:
    praise = ("Such a lovely bathroom.", "A lovely bathroom.", "Lovely bathroom.")
    assert not any("lovely" in name for name in found_names(praise, "premises"))


def test_a_typical_quote_is_one_of_the_surest_statements() -> None:
    said = [*spoken(HOLD), *spoken(CHAT, 100)]
    (theme,) = (one for one in found(said, surest=said[2:3]) if "hold" in one.name)
    assert theme.quote == HOLD[2]
    silent = says(review(50), "They keep you waiting on the line until you give up.", "reachability")
    (theme,) = (one for one in found([*said, silent], surest=[silent]) if "hold" in one.name)
    assert theme.quote != silent.text, "it does not say what the theme is called"


def test_a_quote_says_both_words_of_a_name() -> None:
    told = ("The sofa bed was broken.", "Our sofa bed sagged in the middle.", "A broken sofa bed for two adults.",
            "The sofa bed had springs sticking out.")  # fmt: skip
    said = spoken(told, gap="premises")
    half = says(review(60), "There was a crisp packet and a sock under the bed.", "premises")
    (theme,) = (one for one in found([*said, half], gap="premises", surest=[half, said[1]]) if "sofa" in one.name)
    assert theme.quote == said[1].text


def test_no_name_ends_on_a_dangling_word() -> None:
    told = ("Not enough staff on.", "not enough staff on", "Not enough staff on!")
    assert not any(name.endswith(" on") for name in found_names(told, "queue"))


def test_a_thing_that_says_nothing_of_the_gap_names_no_theme() -> None:
    told = tuple(f"{who} sighed at the weight of my walking frame." for who in ("He", "She", "The porter", "Somebody"))
    assert "walking frame" not in found_names(told, "conduct")


def test_no_theme_is_called_as_its_gap_is() -> None:
    told = ("Wrong bills every month.", "Two wrong bills this year.", "Wrong bills again.", "The bills are wrong.")
    assert "wrong bills" not in found_names(told, "billing")


def test_no_name_is_a_question() -> None:
    told = ("You have to pay for wifi, really.", "Really, pay for wifi in this century.", "We had to pay for the wifi.",
            "Pay for wifi, really, at that price.", "They really make you pay for wifi.")  # fmt: skip
    (name,) = found_names(told, "fees")
    assert "?" not in name and "wifi" in name


def test_a_name_that_a_person_gave_stays_whatever_the_phrases() -> None:
    theme, *_ = found([*spoken(HOLD), *spoken(CHAT, 100)])
    stored = replace(theme, name="The Monday line")
    (kept,) = (
        one
        for one in themes(
            gap="reachability", statements=[*spoken(HOLD), *spoken(CHAT, 100)], authors={}, previous=(stored,),
            background=background_of([*spoken(HOLD), *spoken(CHAT, 100), *spoken(OTHER * 8, 5000, "premises")]),
            kept={stored.id},
        )
        if one.id == stored.id
    )  # fmt: skip
    assert kept.name == "The Monday line"


def test_no_business_stands_in_a_name() -> None:
    said = spoken(
        ("Quillon covered the vet.", "Quillon covered my cat.", "Quillon covered a bike.", "They covered it.")
    )
    held = themes(gap="reachability", statements=said, background=background_of([*said, *spoken(OTHER * 8, 5000)]),
                  authors={}, names=("Quillon",))  # fmt: skip
    assert all("quillon" not in theme.name for theme in held)


def test_a_bare_word_that_is_said_of_everything_names_no_theme() -> None:
    rude = ("Such rude people.", "He was rude.", "Rude.", "They were rude.", "So rude.", "Rude, rude.")
    issue = ("There was an issue.", "An issue.", "My issue.", "This issue.", "That issue.", "Issue?")
    telling, vague = spoken(rude, gap="conduct"), spoken(issue, 900, "conduct")
    elsewhere = spoken(("An issue with the lift.", "The issue was breakfast.", "Rain upstairs.", *OTHER) * 9, 5000)
    background = background_of([*telling, *vague, *elsewhere])
    names = [
        theme.name
        for said in (telling, vague)
        for theme in themes(
            gap="conduct", statements=[*said, *spoken(HOLD * 2, 400, "conduct")], background=background, authors={}
        )
    ]
    assert any("rude" in name for name in names) and not any("issue" in name for name in names)


def test_the_quote_is_a_statement_of_the_theme() -> None:
    for theme in found([*spoken(HOLD), *spoken(CHAT, 100)]):
        assert theme.quote in (*HOLD, *CHAT)
        assert theme.quote_review in theme.reviews


def test_a_name_never_consists_of_bare_judgement() -> None:
    words = ("Worst customer service ever, I am over it.",) * 9
    assert found(spoken(words)) == ()


def test_what_nobody_did_names_a_theme_and_the_deed_itself_does_not() -> None:
    untold = ("Nobody mentioned the water order.", "Nobody mentioned the works on the top floor.",
              "No one mentioned the dinner supplement.", "Nobody mentioned the water order to us.")  # fmt: skip
    warned = ("No warning of the works.", "There was no warning at all.", "The lift stopped without warning.")
    assert found_names((*untold, *warned), "notice") == {"nobody mentioned", "no warning"}
    bothered = tuple(f"Nobody bothered to mention the {what} order." for what in ("water", "water", "quiet", "water"))
    assert found_names(bothered, "notice") == {"nobody bothered to mention"}


def test_a_place_of_which_few_speak_and_nothing_is_said_names_no_theme() -> None:
    pool = ("The pool area had cracked tiles.", "Plus the pool area had a plaster by the steps.",
            "The kids' pool had broken glass.", "The pool was rammed.", "A freezing pool, the kids cried.")  # fmt: skip
    drains = ("The bathroom smelt of drains.", "It smelt of drains all night.", "The corridor smelt of drains.")
    sticky = ("The carpet was sticky.", "Sticky carpet in the hall.", "A carpet so sticky it kept my slipper.")
    assert found_names((*pool, *drains, *sticky), "premises") == {"smelt of drains", "sticky carpet"}
