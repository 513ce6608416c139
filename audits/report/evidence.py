"""Evidence is held once: equal sets of reviews share one id, whatever number points at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from operator import lt

from audits.analysis.values import Figure, NotObservable
from audits.catalogue import gettext
from audits.report.parts import EvidenceSet, Number

BY = ": "
"""Between the subject of a label and what is told of it, in every language."""


def about(subject: str, what: str) -> str:
    """The label of a number in the annex, under its subject."""
    return f"{subject}{BY}{what}"


class Book:
    """Collects evidence sets while a report is built; ids (`E1`, `E2`, …) follow the order of first use."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, ...], str] = {}
        self._labels: dict[str, list[str]] = {}
        self.methods: dict[str, None] = {}
        """Anchors of every method that a printed number used, in order of first use."""

    def number(self, figure: Figure, label: str, evidence: Iterable[str] = ()) -> Number:
        """The figure as it is printed; `label` says in the annex which number it is (`subject: what`).

        `evidence` are the reviews it is made from, where the figure itself names none.
        """
        self.methods.setdefault(figure.method)
        return Number(
            value=figure.value,
            unit=figure.unit,
            n=figure.n,
            method=figure.method,
            low=figure.low,
            high=figure.high,
            evidence=self.hold(figure.evidence or evidence, label),
        )

    def known(self, figure: Figure | NotObservable, label: str, evidence: Iterable[str] = ()) -> Number | NotObservable:
        """As `number`; what is not observable stays so."""
        return figure if isinstance(figure, NotObservable) else self.number(figure, label, evidence)

    def hold(self, reviews: Iterable[str], label: str) -> str | None:
        """The id of this set of reviews; None for an empty one."""
        keys = reviews if isinstance(reviews, tuple) and _in_order(reviews) else tuple(sorted(set(reviews)))
        if not keys:
            return None
        found = self._ids.setdefault(keys, f"E{len(self._ids) + 1}")
        labels = self._labels.setdefault(found, [])
        if label not in labels:
            labels.append(label)
        return found

    def held(self) -> Iterable[tuple[str, ...]]:
        """The reviews of each set, in order of first use."""
        return self._ids.keys()

    def sets(self) -> tuple[EvidenceSet, ...]:
        """Every set that was held: subjects in order of first use, within them sets in order of id."""
        found = [_set(name, self._labels[name], keys) for keys, name in self._ids.items()]
        order = {subject: at for at, subject in reversed([*enumerate(one.subject for one in found)])}
        return tuple(sorted(found, key=lambda one: order[one.subject]))


def _in_order(keys: tuple[str, ...]) -> bool:
    """Whether they are sorted, each once, as most evidence is: a large set need not be sorted and held again."""
    return all(map(lt, keys, islice(keys, 1, None)))


def _set(name: str, labels: Sequence[str], keys: tuple[str, ...]) -> EvidenceSet:
    """A set under the subject of its first label; labels of that subject are told without it."""
    subject, colon, _ = labels[0].partition(BY)
    told = tuple(label.removeprefix(f"{subject}{BY}") for label in labels)
    return EvidenceSet(id=name, subject=subject if colon else gettext("In general"), labels=told, reviews=keys)
