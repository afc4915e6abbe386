"""Predicts the response to each request, from the contract and from what the account holds."""
