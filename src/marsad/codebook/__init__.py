"""The codebook: event types, actors, word lists and their crosswalks, as data files."""
