"""Which containers of an app a hook hits: criteria, RE2 patterns, containers, inventories, explanations."""
