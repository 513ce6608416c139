"""Make the sentence model again: `python -m audits.analysis.finetune MINILM_DIR REVIEWS_DIR`; needs torch and onnx.

MINILM_DIR holds all-MiniLM-L6-v2 (Apache-2.0: model.safetensors, vocab.txt), REVIEWS_DIR the public sets of which the
MAMS sentences (Apache-2.0), lounge reviews (CC0) and letters to a regulator (MIT) are read.
The heads are first fitted on MiniLM as it is, then the upper layers learn with them, and the weights that ship lie
between MiniLM's and the learnt ones: what MiniLM knows of trades that the bank does not name is kept.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import cast

from audits.analysis.encoder import DATA
from audits.analysis.finetune_data import SEED, examples, mams, names, stories
from audits.analysis.finetune_export import export
from audits.analysis.finetune_settings import settings
from audits.analysis.finetune_trainer import EPOCHS, Trainer
from audits.analysis.train import bank

HELD = frozenset({"insurer", "hotel", "parcel", "software", "gym", "school"})
"""Trades on which the settings are found, by a model that was not shown them."""
MAMS_SENTENCES = 3_000


def main() -> None:
    """Find the settings on trades held out, then teach everything and write the three files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--work", type=Path, help="keeps what was taught, so that a run that broke off goes on")
    parser.add_argument("--part", choices=("partly", "whole"), help="only the settings, or only the model")
    options = parser.parse_args()
    print(f"seed {SEED}, {EPOCHS} epochs, {Trainer.frozen} layers frozen", flush=True)
    lines = bank()
    known, gaps = examples(lines), names(lines)
    sentences, reviews = mams(options.reviews / "mams", MAMS_SENTENCES), stories(options.reviews)

    def untaught() -> Trainer:
        return Trainer(options.minilm, options.minilm / "vocab.txt", gaps)

    if options.part != "whole":
        held = [row for row in known if row.trade in HELD]
        few = [row for row in known if row.trade not in HELD] + sentences
        told = [story for story in reviews if story[0].trade not in HELD]
        partly = kept(options.work, "partly", lambda: untaught().taught(few, told))
        found = settings(*partly.logits([row.text for row in held]), held, gaps)
        (options.out / "reader.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if options.part == "partly":
        return
    whole = kept(options.work, "whole", lambda: untaught().taught(known + sentences, reviews))
    (options.out / "vocab.txt").write_text("\n".join(whole.vocabulary) + "\n", encoding="utf-8")
    weights, heads = ({name: tensor.numpy() for name, tensor in part.items()} for part in (whole.weights, whole.heads))
    export(weights, heads, options.out / "reader.onnx")


def kept(folder: Path | None, part: str, teach: Callable[[], Trainer]) -> Trainer:
    """What was taught: read from the folder where it is there already, else taught now and put there."""
    path = folder / f"{part}.pickle" if folder else None
    if path and path.exists():
        return cast(Trainer, pickle.loads(path.read_bytes()))
    found = teach()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(found))
    return found


if __name__ == "__main__":
    main()
