"""A question has an answer: the one given on the command line, else what a person types, else what was proposed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import typer


class UnansweredError(LookupError):
    """Nobody is there to be asked; the sentence names the option that answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Whether there is a person to ask; `yes` takes every proposal."""

    yes: bool

    @property
    def person(self) -> bool:
        """Whether somebody sits at a terminal and wants to be asked."""
        return not self.yes and sys.stdin.isatty()

    def text(
        self,
        question: str,
        option: str,
        *,
        given: str | None,
        proposal: str | None = None,
        good: Callable[[str], str | None] = lambda _: None,
    ) -> str:
        """The answer; `good` says what is wrong with one. Raises `UnansweredError` where none can be had."""
        if given is not None:
            if wrong := good(given):
                raise UnansweredError(f"{option}: {wrong}")
            return given
        while self.person:
            said = str(typer.prompt(question, default=proposal, err=True)).strip()
            wrong = good(said) if said else "an answer is needed"
            if wrong is None:
                return said
            typer.echo(f"  {wrong}", err=True)
        if proposal is not None and good(proposal) is None:
            typer.echo(f"  {question}: {proposal} (change it with {option})", err=True)
            return proposal
        raise UnansweredError(f"{question}? Say it with {option}.")

    def one_of(
        self, question: str, option: str, known: Sequence[str], *, given: str | None, proposal: str | None = None
    ) -> str:
        """One of the known answers."""

        def good(said: str) -> str | None:
            return None if said in known else f"{said!r} is not one of {', '.join(known)}"

        return self.text(f"{question} ({', '.join(known)})", option, given=given, proposal=proposal, good=good)


__all__ = ["Asking", "UnansweredError"]
