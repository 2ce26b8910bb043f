"""Forms about an MOU, a noun a file."""
