"""Hostile input through the real command: no traceback, a documented exit code, bounded time and memory."""
