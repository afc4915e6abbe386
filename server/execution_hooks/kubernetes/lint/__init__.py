"""Lint: what is wrong with the hooks of a cluster, or looks so, rule by rule."""
