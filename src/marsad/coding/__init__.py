"""Coding: a report's text becomes claims. One folder for each question an analyst asks.

`triggers` (what), `actors` (who), `toponyms` (where), `times` (when), `casualties`
(how many), `attribution` (who says so), `modality` (did it happen), and `claims`,
the way out. `pipeline` puts them after a spaCy model.
"""
