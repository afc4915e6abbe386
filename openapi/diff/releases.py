"""The contracts that were released, each frozen in ``openapi/released``."""

from pathlib import Path

OPENAPI = Path(__file__).resolve().parents[1]
CONTRACT = OPENAPI / "openapi.yaml"
RELEASED = OPENAPI / "released"


def versions() -> list[str]:
    """Return the released versions, the oldest first."""
    names = [each.name for each in RELEASED.iterdir() if (each / "openapi.yaml").is_file()]
    return sorted(names, key=lambda name: [int(part) for part in name.split(".")])


def contract(base: str) -> Path:
    """Return the file of a contract: that of a released version, or a file. Raises FileNotFoundError."""
    file = RELEASED / base / "openapi.yaml" if base in versions() else Path(base)
    if not file.is_file():
        raise FileNotFoundError(f"{base} is neither a file nor one of the versions {', '.join(versions())}")
    return file
