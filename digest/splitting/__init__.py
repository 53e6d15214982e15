"""Splitting: a page into its articles, and what was left out."""

from digest.splitting.splitter import PageSplitter, Row

__all__ = ["PageSplitter", "Row"]
