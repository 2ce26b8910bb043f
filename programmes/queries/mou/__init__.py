"""What pages and documents read of a memorandum of understanding."""
