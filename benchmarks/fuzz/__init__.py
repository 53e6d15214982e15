"""Fuzzers: inputs that nobody thought of, for everything that reads what is foreign."""
