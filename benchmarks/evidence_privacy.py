"""Print how well personal data is found: `python -m benchmarks.evidence_privacy [--wrong]`.

Recall and precision per kind on the frozen cases of `benchmarks/data/redaction.tsv`: `dev`, which the rules were made
on, and `test`, which nothing was tuned on; the same on `redaction_later.tsv`, of hidden addresses, spaced numbers and
what only looks like them (`later`, and `held`, which nothing was tuned on); how many texts a second are redacted.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.redaction_cases import KINDS, LATER, Case, cases, scored, wrong
from spiders.privacy import REDACTOR_VERSION, redact

REPEATS = 200


def main() -> None:
    """Print a line a kind, and the speed; with `--wrong` the failing cases of `dev`."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--wrong", action="store_true", help="show the cases of dev and later that go wrong")
    printed(show=options.parse_args().wrong)


def printed(*, show: bool = False) -> None:
    """The figures; with `show` the failing cases that rules may be made on."""
    given = {"dev": cases("dev"), "test": cases("test"), "later": cases("dev", LATER), "held": cases("held", LATER)}
    parts = {part: scored(held, redact) for part, held in given.items()}
    print(f"redactor {REDACTOR_VERSION}: {len(cases())} cases in {len({each.country for each in cases()})} countries")
    print(f"{'kind':<9}" + "".join(f"{part:>6} there  recall  precision" for part in parts))
    for kind in KINDS:
        shown = [(score.there, score.recall, score.precision) for score in (parts[part][kind] for part in parts)]
        print(
            f"{kind:<9}"
            + "".join(f"{there:>12} {recall:>7.3f} {precision:>10.3f}" for there, recall, precision in shown)
        )
    print(f"{_speed(cases()):,.0f} texts a second on one processor")
    for part, held in given.items():
        spared = [each for each in held if not each.spans]
        taken = sum(wrong(each, redact) for each in spared)
        print(f"{part}: {taken} of {len(spared)} texts without personal data lose something")
    for case in [*given["dev"], *given["later"]] if show else ():
        if wrong(case, redact):
            print(f"  {case.text}\n    {redact(case.text, reply=case.reply)}")


def _speed(given: list[Case]) -> float:
    started = time.process_time()
    for _ in range(REPEATS):
        for case in given:
            redact(case.text, reply=case.reply)
    return REPEATS * len(given) / (time.process_time() - started)


if __name__ == "__main__":
    main()
