"""The store: sources and their health, documents and articles, issues, mails."""

from digest.store.database import Store, default_store, locked, open_store

__all__ = ["Store", "default_store", "locked", "open_store"]
