"""What the server counts while it serves, in the text format of Prometheus, on a port of its own."""
