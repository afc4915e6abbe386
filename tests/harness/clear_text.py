"""What HTTP clients of servers without TLS are made with."""

import ssl

NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody. By itself each client would load what is trusted, which takes longer than any request."""
