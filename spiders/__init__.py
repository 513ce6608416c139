"""COLLECT: rating sites, exports and captures in, landings out; knows nothing of what comes after."""
