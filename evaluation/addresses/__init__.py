"""The addresses of this room, one noun a file."""
