"""The ledger's account for a person at a prompt: lists, one incident, its history, summaries."""
