"""Problem documents (RFC 9457), and which of them is the response to an error of the domain."""
