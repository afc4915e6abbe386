"""Seeds: documents of what a store is to hold, read from YAML or JSON, checked, and turned into rows."""
