"""Run the command line as ``python -m execution_hooks``."""

from execution_hooks.cli import main

if __name__ == "__main__":
    main()
