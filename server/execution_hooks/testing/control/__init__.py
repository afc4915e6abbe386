"""What a test may do to a server beside its API: reset it, seed it, move its clock, have requests fail."""
