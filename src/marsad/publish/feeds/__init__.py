"""Feeds: what changed in the account and why, as Atom and JSON Feed."""
