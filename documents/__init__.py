"""Floor 1: a page turned into an accessible PDF or a Word file; slow jobs that survive a crash."""
