"""Pages on which an MOU is written, signed and kept alive, a noun a file."""
