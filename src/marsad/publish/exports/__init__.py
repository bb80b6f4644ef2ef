"""Exports: the account in the formats that the field already uses. One module a format.

Reads   incidents as `content` gives them: protected, with all that a format may need.
Writes  a file, or text to a stream, one incident after the other.
Never   decides who is named or how near a place is shown: `protect` did, for all formats.
"""
