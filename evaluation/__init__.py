"""Evaluation: how well the coder reads, on public data and on reports of our own."""
