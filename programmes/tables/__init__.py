"""The lists of this room, one noun a file: what stands in each column, on the page and in the files."""
