"""What answers a question of a call: how it is read from what people type, checked, and shown."""
