"""Workflow: the only package that joins rooms. Reports in, coded reports and an account out."""

from marsad.workflow.coder import BATCH_REPORTS, Coder, Failure, read_sources

__all__ = ["BATCH_REPORTS", "Coder", "Failure", "read_sources"]
