"""The mail: measured against servers that fail, processes that die, disks that are full, and clients."""
