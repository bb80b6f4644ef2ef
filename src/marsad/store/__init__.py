"""The ledger: what was reported, read and decided, kept for good. The only room with SQLAlchemy."""
