"""Ledgers laid out as offices lay them out: the same twelve projects, the truth known."""
