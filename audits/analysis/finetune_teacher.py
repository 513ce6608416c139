"""Make the tutor again: `python -m audits.analysis.finetune_teacher MPNET_DIR MINILM_DIR REVIEWS_DIR`.

MPNET_DIR holds all-mpnet-base-v2 (Apache-2.0: model.safetensors), MINILM_DIR the word pieces (vocab.txt), REVIEWS_DIR
the public sets, as `finetune` reads them. MPNet is taught what the sentence model is taught, in the same way. For
development; needs torch and onnx, and some forty minutes of two cores.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from audits.analysis import finetune_mpnet
from audits.analysis.finetune import MAMS_SENTENCES
from audits.analysis.finetune_data import examples, mams, names, stories
from audits.analysis.finetune_mpnet_export import export
from audits.analysis.finetune_trainer import Trainer
from audits.analysis.train import bank
from audits.analysis.tutor import FILE


class Teacher(Trainer):
    """MPNet with heads: it knows more of the language than MiniLM, so fewer of its layers learn, and more slowly."""

    network = finetune_mpnet
    frozen, rate, kept = 6, 5e-5, 0.8


def main() -> None:
    """Teach it, and write the two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mpnet", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    lines = bank()
    alone = examples(lines) + mams(options.reviews / "mams", MAMS_SENTENCES)
    made = Teacher(options.mpnet, options.minilm / "vocab.txt", names(lines)).taught(alone, stories(options.reviews))
    weights, heads = ({name: tensor.numpy() for name, tensor in part.items()} for part in (made.weights, made.heads))
    export(weights, heads, options.out)


if __name__ == "__main__":
    main()
