"""Whole phrases of a statement that can name a matter: what is bad, what was done or not done, what there was none of.

The words are the customers' own; their order may be turned ("the claim was denied" is "claim denied", "did not answer
the phone" is "not answering the phone"), so that the ways to say one thing count together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from audits.analysis.clauses import BE, HELPS, MOST_KNOWN, NEVER, NOUNS, Tagged, clauses
from audits.analysis.phrases import NOT, stem_of
from audits.analysis.verbs import gerund

Worded = tuple[frozenset[str], str]
"""The stems that a phrase shares with other ways to say it, and the phrase."""

MOST_WORDS = 3
"""Words of a noun phrase, at most."""
_NO = frozenset(("no", "zero", "without"))
_NOBODY = frozenset(("nobody", "noone", "no-one"))
_PARTICLES = frozenset(("up", "back", "out", "off", "down"))
"""Without which a verb means something else: nobody picks up."""
_DETERMINERS = frozenset(("DT", "PRP$", "CD", "PDT", "WP$"))
_DESCRIBES = frozenset(("JJ", "VBN", *NOUNS))
_LINKS = frozenset(("of", "for", "in", "on", "at", "with"))
_POINTS = frozenset(
    (
        *("other", "same", "such", "own", "several", "many", "few", "more", "most", "last", "next", "first", "second"),
        *("whole", "certain", "various", "entire", "only", "able", "sure", "due", "much", "less", "least", "third"),
    )
)
"""Adjectives that point at a thing and do not describe it."""
_AMOUNTS = frozenset(("bit", "lot", "lots", "kind", "sort", "type", "piece", "couple", "amount", "number", "level"))
"""Nouns that say only how much there is of another."""
_KIN = frozenset(
    (
        *("wife", "husband", "partner", "son", "daughter", "child", "kid", "kids", "mum", "mom", "mother", "dad"),
        *("father", "parents", "brother", "sister", "grandmother", "grandfather", "friend", "friends", "colleague"),
    )
)
"""Whom a reviewer speaks of as their own: part of one person's story, never of a process."""
_TIMES = frozenset(
    (
        *("day", "days", "week", "weeks", "month", "months", "year", "years"),
        *("hour", "hours", "minute", "minutes", "time", "times"),
    )
)


def worded(text: str, names: Collection[str] = ()) -> list[Worded]:
    """The phrases of a statement that could name what it is about; none holds a stem of `names`."""
    return [(stems, phrase) for stems, phrase in _worded(text) if stems.isdisjoint(names)]


@lru_cache(maxsize=MOST_KNOWN)
def _worded(text: str) -> tuple[Worded, ...]:
    found: dict[frozenset[str], str] = {}
    for clause in clauses(text):
        for words in _phrases(clause):
            stems = frozenset(filter(None, map(stem, words)))
            matter = [stem_of(word) for word in words]
            if any(each and each != NOT for each in matter) and len(words) <= 5 and _KIN.isdisjoint(words):
                found.setdefault(stems, " ".join(words))
    return tuple(found.items())


def stem(word: str) -> str:
    """What a word counts as in a phrase: its stem, itself where it carries no matter; a link counts for nothing."""
    if word in _LINKS or word in ("to", "and", "the"):
        return ""
    return NOT if word in NEVER | _NO | _NOBODY else stem_of(word) or word


def _phrases(clause: Tagged) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(clause):
        word, tag = clause[at]
        if word in _NO and (noun := _noun(clause, at + 1)):
            yield ("no", *noun[0])
            yield from _linked(clause, ("no", *noun[0]), noun[1])
            at = noun[1]
            continue
        if word in _NOBODY or [each for each, _ in clause[at : at + 2]] == ["no", "one"]:
            yield from _undone(clause, at + (1 if word in _NOBODY else 2))
        if word in NEVER:
            yield from _denied(clause, at)
        if tag == "JJ" and word not in _POINTS:
            yield from _hard_to(clause, at)
        if tag in ("VB", "VBP", "VBZ", "VBG", "VBD", "VBN") and word not in BE and word not in HELPS:
            yield from _done(clause, at)
        noun = _noun(clause, at)
        if noun is None:
            at += 1
            continue
        words, end = noun
        if len(words) > 1 or clause[end : end + 1] != [("of", "IN")]:
            yield words
        yield from _linked(clause, words, end)
        yield from _judged(clause, words, end)
        at = end


def _noun(clause: Tagged, at: int) -> tuple[tuple[str, ...], int] | None:
    """The noun phrase that stands here, articles left out, and where it ends; its last words where it is long."""
    while at < len(clause) and clause[at][1] in _DETERMINERS and clause[at][0] not in _NO:
        at += 1
    end = at
    while end < len(clause) and clause[end][1] in _DESCRIBES and clause[end][0] not in _POINTS | NEVER | BE:
        if end > at and clause[end][1] in ("VBN", "JJ") and clause[end - 1][1] in NOUNS:
            break  # what follows a noun is said of it, and does not describe the next
        end += 1
    while end > at and clause[end - 1][1] not in NOUNS:
        end -= 1
    words = tuple(word for word, _ in clause[at:end])[-MOST_WORDS:]
    return (words, end) if words and (stem_of(words[-1]) or len(words[-1]) == 2) else None


def _linked(clause: Tagged, words: tuple[str, ...], end: int) -> Iterator[tuple[str, ...]]:
    """ "Value for money", "terms and conditions", "lack of communication"."""
    if end >= len(clause) or clause[end][0] not in {"of", "for", "and"} or words[-1] in _AMOUNTS:
        return
    other = _noun(clause, end + 1)
    if other and len(words) < MOST_WORDS and len(other[0]) == 1 and clause[end + 1][1] in NOUNS:
        yield (*words, clause[end][0], *other[0])


def _judged(clause: Tagged, words: tuple[str, ...], end: int) -> Iterator[tuple[str, ...]]:
    """What is said of a noun: "rooms were dirty", "claim was denied", "the lift is not working"."""
    at = end
    helped = False
    while at < len(clause) and (clause[at][0] in BE | HELPS | {"has", "have", "had"} or clause[at][1] == "RB"):
        if clause[at][0] in NEVER:
            break
        helped = helped or clause[at][0] in BE
        at += 1
    denied = at < len(clause) and clause[at][0] in NEVER
    at += denied
    while at < len(clause) and (clause[at][1] == "RB" or clause[at][0] == "been" or _describes_the_next(clause, at)):
        helped, at = helped or clause[at][0] == "been", at + 1
    if not helped or at >= len(clause) or clause[at][0] in _POINTS | BE or clause[at + 1 : at + 2] == [("to", "TO")]:
        return
    word, tag = clause[at]
    if len(words) > 2 or (at + 1 < len(clause) and clause[at + 1][1] in NOUNS):
        return
    if denied and tag in ("JJ", "VBN", "VBG", "VBD"):
        yield (*words, "not", word)
    elif tag == "JJ":
        yield (word, *words)
    elif tag in ("VBN", "VBD"):
        yield (*words, word)


def _describes_the_next(clause: Tagged, at: int) -> bool:
    """Whether an adjective is said of the one after it: what is "dead easy" is easy."""
    return clause[at][1] == "JJ" and [tag for _, tag in clause[at + 1 : at + 2]] == ["JJ"]


def _denied(clause: Tagged, at: int) -> Iterator[tuple[str, ...]]:
    """ "Did not answer the phone", "never replied": what was not done."""
    verb = at + 1
    while verb < len(clause) and clause[verb][1] == "RB":
        verb += 1
    if verb >= len(clause):
        return
    word, tag = clause[verb]
    if word == "worth":
        noun = _noun(clause, verb + 1)
        yield ("not", "worth", *(("the", noun[0][-1]) if noun else ("it",)))
        return
    noun = _noun(clause, verb + 1)
    if tag in ("VBD", "VBN") and stem_of(word) and word not in BE and clause[verb - 1][0] in NEVER:
        timed = noun is None or noun[0][-1] in _TIMES
        yield (clause[at][0], word) if timed or noun is None else (*noun[0][-2:], "not", word)
    done = gerund(word, tag)
    if done and stem_of(word):
        yield ("not", done, *(_object(clause, verb + 1) or ()))


def _undone(clause: Tagged, at: int) -> Iterator[tuple[str, ...]]:
    """ "Nobody mentioned", "nobody bothered to call": what is told of nobody, a helping word left out."""
    while at < len(clause) and (clause[at][1] == "RB" or clause[at][0] in ("has", "have", "had")):
        at += 1
    if at >= len(clause) or clause[at][1] not in ("VBD", "VBN", "VBZ") or clause[at][0] in BE | HELPS:
        return
    more = clause[at + 1][:1] if clause[at + 1 : at + 2] and clause[at + 1][0] in _PARTICLES else ()
    yield ("nobody", clause[at][0], *more)
    if [tag for _, tag in clause[at + 1 : at + 3]] == ["TO", "VB"]:
        yield ("nobody", *(word for word, _ in clause[at : at + 3]))


def _hard_to(clause: Tagged, at: int) -> Iterator[tuple[str, ...]]:
    """ "Impossible to cancel"."""
    if at + 2 < len(clause) and clause[at + 1][0] == "to" and clause[at + 2][1] in ("VB", "VBP", "NN"):
        if not stem_of(clause[at + 2][0]):
            return
        yield (clause[at][0], "to", clause[at + 2][0], *(_object(clause, at + 3) or ()))


def _done(clause: Tagged, at: int) -> Iterator[tuple[str, ...]]:
    """ "Denied my claim", "raising the premium": what was done to what."""
    word, tag = clause[at]
    said = _object(clause, at + 1)
    before = [each for each, _ in clause[max(0, at - 2) : at]]
    if not stem_of(word) or (before and before[-1] in NEVER | BE | HELPS):
        return
    if before[-1:] == ["to"] and (refused := before[0] if before[0] in NEVER else _refusing(before[0])):
        done = gerund(word, "VB")
        if done:
            yield ("not", done, *(said or ())) if refused in NEVER else (refused, "to", word, *(said or ()))
        return
    if said is None:
        return
    if tag in ("VBD", "VBN") and word.endswith("ed"):
        if clause[at + 1][1] not in NOUNS:  # "denied coverage" is a noun phrase by itself
            yield (*(each for each in said if each != "the"), word)
    elif done := gerund(word, tag):
        yield (done, *said)


def _refusing(word: str) -> str:
    """ "Refusing" for any form of it; empty for another word."""
    return "refusing" if word.startswith("refus") else ""


def _object(clause: Tagged, at: int) -> tuple[str, ...] | None:
    """What is done something to, with its article where it had one and is one thing; a time is no such thing."""
    noun = _noun(clause, at)
    if noun is None or noun[0][-1] in _TIMES:
        return None
    pointed = clause[at][1] in _DETERMINERS and clause[noun[1] - 1][1] == "NN"
    return ("the", *noun[0][-2:]) if pointed else noun[0][-2:]
