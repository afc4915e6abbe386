"""Kubernetes' own documents: pod lists, as kubectl prints them."""
