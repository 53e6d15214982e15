"""Collections beyond one machine: what each engine costs, and that each makes the same records."""
