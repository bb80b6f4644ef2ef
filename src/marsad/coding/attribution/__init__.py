"""Who says so: sources, their cues, and what they say."""
