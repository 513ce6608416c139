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
            said = _typed(question, proposal)
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

        called = {each.casefold(): each for each in known}

        def good(said: str) -> str | None:
            return None if said.casefold() in called else f"{said!r} is not one of {', '.join(known)}"

        said = self.text(f"{question} ({', '.join(known)})", option, given=given, proposal=proposal, good=good)
        return called[said.casefold()]


def _typed(question: str, proposal: str | None) -> str:
    """What a person types, "" for nothing; Ctrl-C and Ctrl-D interrupt as they do anywhere else in the command."""
    try:
        shown = proposal is not None
        return str(typer.prompt(question, default=proposal or "", show_default=shown, err=True)).strip()
    except typer.Abort:
        raise KeyboardInterrupt from None


__all__ = ["Asking", "UnansweredError"]
