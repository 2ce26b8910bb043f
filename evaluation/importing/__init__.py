"""What this room adds to an import: types of case study, sources, evidence with text, coded excerpts."""

from evaluation.importing import case_studies, sheets, texts

__all__ = ["case_studies", "sheets", "texts"]
