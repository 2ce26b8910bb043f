"""What is done with a memorandum of understanding, a family of verbs a file."""
