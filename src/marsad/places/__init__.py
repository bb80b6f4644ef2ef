"""Names in context to places: an offline gazetteer and the resolution of toponyms."""
