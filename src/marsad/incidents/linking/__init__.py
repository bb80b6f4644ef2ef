"""Linking: which reports tell of one incident.

A telling is one report's account of one of its incidents. Tellings that share a block
are compared, the likeness of each pair is the sum of one visible weight table, and the
pairs that are alike are clustered. What is found depends on the set of reports and on
what persons decided, never on the order in which they came.
"""
