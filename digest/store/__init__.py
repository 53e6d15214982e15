"""What a digest remembers: sources and their health, articles, issues and what each of them carried."""

from digest.store.database import Store, default_store, locked, open_store

__all__ = ["Store", "default_store", "locked", "open_store"]
