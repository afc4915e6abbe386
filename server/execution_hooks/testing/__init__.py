"""What people try the server with, and test their own programs with."""
