"""Where: place names, what they resolve to, and which is an event's."""
