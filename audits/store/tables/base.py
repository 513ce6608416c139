"""The one MetaData, and the columns that every table repeats."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, MetaData, String, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


WORD = String().with_variant(String(collation="C"), "postgresql")
PROSE = Text().with_variant(Text(collation="C"), "postgresql")
"""Texts compare and sort by their code points on either database, whatever the server's own language is."""


def key(name: str) -> Column[str]:
    """A part of the primary key; `engagement` is always the first."""
    return Column(name, WORD, primary_key=True)


def word(name: str, *, needed: bool = True) -> Column[str]:
    """A short text: a name, a digest, an ISO date."""
    return Column(name, WORD, nullable=not needed)


def prose(name: str, *, needed: bool = False) -> Column[str]:
    """A long text."""
    return Column(name, PROSE, nullable=not needed)


def flag(name: str, *, needed: bool = True) -> Column[bool]:
    """Yes or no; not `needed` means that it may be unknown."""
    return Column(name, Boolean(create_constraint=False), nullable=not needed)


def bag(name: str) -> Column[Any]:
    """A value of JSON; None is stored as NULL."""
    return Column(name, JSON(none_as_null=True), nullable=True)
