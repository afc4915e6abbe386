"""Expectations: which containers hooks must hit and must not, kept beside their manifests."""
