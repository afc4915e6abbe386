"""Manifests: what files, folders and standard input hold in JSON and YAML, one resource at a time."""
