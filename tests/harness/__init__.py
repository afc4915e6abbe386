"""What tests stand on: server processes, accounts on them, and what answers look like."""
