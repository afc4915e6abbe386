"""Mutants that behave wrongly, each for a mistake that real servers have."""
