"""Hostile strings, the checkers of markup, and the weight of a page.

    DIGEST_DATA=... python -m benchmarks.markup [hostile] [markup] [weight]

The checkers come from npm for the time of the run; DIGEST_NPM names a folder that keeps them.
"""

import sys

from benchmarks.markup.checkers import check_markup
from benchmarks.markup.hostile import check_hostile_strings
from benchmarks.markup.weight import check_weight

PARTS = {"markup": check_markup, "weight": check_weight, "hostile": check_hostile_strings}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(PARTS)
    sys.exit(max(int(PARTS[name]()) for name in wanted))
