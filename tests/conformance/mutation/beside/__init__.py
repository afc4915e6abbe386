"""Other tools, judged by the same mutants as the suite: plain Schemathesis, and Prism's validating proxy."""
