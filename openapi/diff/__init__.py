"""Compares two versions of the contract: what breaks clients, what they can see, what is only worded anew."""
