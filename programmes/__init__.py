"""Floor 3: programmes, lenses, cohorts, projects, and their import."""
