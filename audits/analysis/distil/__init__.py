"""Development only: how `data/encoder.npz` was taught by a sentence model. Needs torch and tokenizers, which nothing
that ships needs; see `__main__`.
"""
