"""What: words that evoke events, and the kind of event they add up to."""
