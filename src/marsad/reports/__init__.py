"""Reports: bytes into `Report`s. Never parses language."""
