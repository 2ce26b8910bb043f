"""Floor 4: enablers and the projects they are matched to."""
