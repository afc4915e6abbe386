"""Trident Protect's resources: ExecHooks and Applications, and which containers a hook would hit."""
