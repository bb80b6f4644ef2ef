"""The desk: read, check, decide, on a screen. A door: it serves, and joins nothing."""
