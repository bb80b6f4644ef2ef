"""The API: the ledger for programs, below /api/v1. One module a resource."""
