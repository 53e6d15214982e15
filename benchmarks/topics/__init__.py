"""Topics, stories and copies, held against gold."""
