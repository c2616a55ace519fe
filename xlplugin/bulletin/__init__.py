"""The bulletin: what is said, as data."""
