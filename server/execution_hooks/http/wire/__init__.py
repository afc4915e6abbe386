"""HTTP/1.1 on a socket: the protocol with its limits, framing, and TLS."""
