"""The addresses of a place's journey: calls, applications, the panel, decisions, a file each."""
