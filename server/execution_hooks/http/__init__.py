"""From a request on the wire to a handler, and back: every layer between uvicorn and the domain."""
