"""No look for cycles while an audit runs; before and after it as it was."""

from __future__ import annotations

import gc

import pytest

from flows.uncollected import uncollected


def test_cycles_are_looked_for_again_when_the_audit_has_ended_however_it_ended() -> None:
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()
