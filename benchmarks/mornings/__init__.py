"""Mornings edited by `digest build`: what stands on top, together, twice, and how long it takes."""
