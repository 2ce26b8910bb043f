"""Floor 2: places, organisations and their sectors, partnerships."""
