"""How dates and times are written and read."""
