"""Publish: incidents → text, JSON and pages. One module a format; each says what it loses."""
