"""A text as clauses of words in lower case, each with its part of speech, contractions written out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from audits.analysis.english import english

Tagged = list[tuple[str, str]]
"""Words and their parts of speech, by the names of the Penn Treebank."""
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+|[.!?;:,()…]")
_WHOLE = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "ain't": "is not"}
BE = frozenset(("am", "is", "are", "was", "were", "be", "been", "being", "gets", "got", "looks", "looked", "smells"))
HELPS = frozenset(("do", "does", "did", "will", "would", "can", "could", "may", "might", "shall", "should", "must"))
HELPING = BE | HELPS | {"a", "an", "there", "so", "too", "very", "really", "just", "still", "has", "have", "had"}
"""Words without which a phrase means the same."""
NEVER = frozenset(("not", "never"))
MOST_KNOWN = 4_096
"""Texts that are remembered: a statement is asked for again and again while its theme is named."""
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))


@lru_cache(maxsize=MOST_KNOWN)
def written(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, "won't" written out, without the signs between them."""
    return tuple(word for clause in _split(text) for word in clause)


def clauses(text: str) -> Iterator[Tagged]:
    """The clauses of a text; a sign ends one."""
    for words in _split(text):
        yield from _tagged(words)


def _split(text: str) -> Iterator[list[str]]:
    """The words between two signs."""
    own: list[str] = []
    for match in _WORD.finditer(text.lower().replace("’", "'")):
        word = match[0]
        if word[0] in ".!?;:,()…":
            yield own
            own = []
        else:
            whole = word.replace("n't", " not") if word.endswith("n't") else word.partition("'")[0]
            own += _WHOLE.get(word, whole).split()
    yield own


def _tagged(words: Sequence[str]) -> Iterator[Tagged]:
    """The words with their parts of speech; after "did not" stands a verb, after "the" a noun."""
    if not words:
        return
    found = [(str(word), str(tag)) for word, tag in english().tag(" ".join(words), tokenize=False)]
    for at in range(1, len(found)):
        before = found[at - 1][0]
        helped = before in HELPS or (before in NEVER and at > 1 and found[at - 2][0] in HELPS)
        if helped and found[at][1] in (*NOUNS, "VBP", "JJ") and found[at][0] not in NEVER:
            found[at] = (found[at][0], "VB")
        elif found[at - 1][1] in ("DT", "PRP$") and found[at][1] in ("VB", "VBP"):
            found[at] = (found[at][0], "NN")
    yield found
