"""The operations: handlers, and how resources become JSON and back."""
