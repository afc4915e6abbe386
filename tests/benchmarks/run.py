"""Compare this project's server with its peer: ``python tests/benchmarks/run.py --help``."""

import runpy
import sys
import warnings
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # so that `benchmarks` is a package
warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient` is deprecated")
runpy.run_module("benchmarks", run_name="__main__", alter_sys=True)
