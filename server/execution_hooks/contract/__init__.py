"""The OpenAPI document, its operations and limits, its schemas for bodies, and strict JSON."""
