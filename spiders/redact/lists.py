"""The lists that names are looked up in: given names, doubtful ones, brands, and words that name nobody."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from spiders.redact.rules import CAP

_NOBODY_WORDS = (
    "The This That They There Their These Then Thank Thanks You Your Yes No Not And But For Our We It He She I My A An"
    " Customer Customers Service Support Team Management Manager Reception Staff Guest Guests Reviewer Friend Sir Madam"
    " Everyone All Valued Member Patient Client Sales Billing Claims Head Office Corporate God Goodness Lord Jesus"
    " Again So Very Much Front Desk Agent Human Resources Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    " January February March July September October November December Best Worst Great Good Bad New Old Nice Happy"
    " Kunde Kundin Gast Kundenservice Madame Monsieur Clienti Cliente Traveller Traveler Sincerely Damen Herren Ihr"
    " Google Amazon Yelp Facebook Trustpilot Tripadvisor TripAdvisor Uber Apple Target Walmart Care Relations General"
    " Hotel Restaurant Clinic Bank Company Group Insurance Department Director Owner Owners Folks Guys Ladies Gentlemen"
    " Sorry Hello Hi Hey Dear Please Kind Kindest Regards Warm Warmest Yours Direction Atención La Le Les El Los Las Il"
    " Das Die Der Dem Den Ein Eine Sie Wir Ich Es Au Aux Pour Merci Gracias Grazie Danke Bedankt Tack Todos Tutti"
    " Gluten Free Duty Error English American Mr Mrs Ms Miss Dr Oh Well What When Why How Who Where If As At In On Of"
    " To By From With Up Down Day Night Every Any Some Many Most More Less Never Always Just Only Also Even Still"
    " Veterans Police Doctor Doctors Nurse Nurses Heaven Heavens Santa Covid COVID Lounge Airport Airlines Airways"
)
NOBODY = frozenset(_NOBODY_WORDS.split())
"""Capitalised words that stand where a name could and are none."""
_NO_SURNAME_WORDS = (
    "Pepper Clean Muscle Doubtfire Saigon Bean Potato Right Wrong Big Martens Oetker Scholl Seuss Office Teams"
    " Excel Porter"
)
NO_SURNAME = frozenset(_NO_SURNAME_WORDS.split())
"""What follows a title in a brand or on a stage."""
_PLACE_NOUNS_WORDS = (
    "Bank Street Hotel Room Cinema Square Hall Station Airport Avenue Road Park Hospital School College"
    " University Church Street City County Island Beach Lake River Valley Hills Heights Springs Falls Bridge House"
    " Inn Lodge Resort Restaurant Cafe Café Bar Grill Pub Theatre Theater Museum Stadium Arena Mall Market Store"
    " Shop Branch Terminal Lounge Tower Towers Building Center Centre Court Gardens Garden Day Insurance Group Inc"
    " Ltd LLC Corp Company Motors Toyota Honda Ford Cup Award Prize Foundation Trust Airlines Clinic Pharmacy"
    " Bakery Foods sneakers lamp chair bags polo rentals station hall airport hotel bank branch street road avenue"
    " park beach oil sauce bread cake pie cheese jeans shoes boots"
)
PLACE_NOUNS = frozenset(_PLACE_NOUNS_WORDS.split())
"""A name before one of these is that of a place, a firm or a thing."""


@cache
def given() -> frozenset[str]:
    """Given names that are hardly anything else."""
    return frozenset(_lines("given_names.txt"))


@cache
def doubtful() -> frozenset[str]:
    """Given names that are also words, places, pets or brands."""
    return frozenset(_lines("doubtful_names.txt"))


@cache
def firms() -> frozenset[str]:
    """Firms that are no given name: what somebody thanks, calls or asks for and is nobody."""
    return frozenset(_lines("firms.txt"))


@cache
def brands() -> re.Pattern[str]:
    """Firms and famous names that begin with a given name."""
    alternatives = "|".join(re.escape(line) for line in sorted(_lines("brands.txt"), key=len, reverse=True))
    return re.compile(rf"(?:{alternatives})(?!\w)")


def _lines(name: str) -> list[str]:
    text = files("spiders.redact").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


SURNAME = rf"(?:(?:de|van|von|der|den|la|di|del|da|dos|De|Van|Von|Di|Le|O['’]|Mc|Mac) ?){{0,2}}{CAP}(?:-{CAP})?"
"""A family name with its particles."""
