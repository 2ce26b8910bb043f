"""Floor 5: sources, evidence, excerpts, coding, case studies, evaluation reports."""
