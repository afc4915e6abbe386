"""What the tests share: server processes, accounts on them, and what responses look like."""
