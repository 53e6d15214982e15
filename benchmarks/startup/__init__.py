"""Whole processes: how long a person waits."""
