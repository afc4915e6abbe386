"""Mutants of our server, by which the conformance suite is judged itself."""
