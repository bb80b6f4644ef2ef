"""When: time expressions, what they resolve to, and which is an event's."""
