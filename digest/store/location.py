"""Where the store is, when nobody says."""

from pathlib import Path

FILE_NAME = "digest.sqlite"


def default_store() -> Path:
    """Return the store's place in the platform's folder for data."""
    from platformdirs import user_data_path

    return user_data_path("digest", appauthor=False) / FILE_NAME
