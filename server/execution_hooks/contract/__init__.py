"""The OpenAPI document, its operations and routes, its schemas for bodies, and strict JSON."""
