"""Judges any server by the contract: Schemathesis, with traffic that a right server must accept."""
