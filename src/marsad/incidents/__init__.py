"""Claims to incidents: compare, group, count, assemble. Pure functions, no database."""
