"""Splitting: a page into its articles, and what was left out."""

from digest.splitting.blocks import plain_blocks
from digest.splitting.splitter import PageSplitter, Row

__all__ = ["PageSplitter", "Row", "plain_blocks"]
