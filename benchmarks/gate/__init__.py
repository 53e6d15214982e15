"""What must not get worse: the figures of every scorer beside their floors, and hashes of every output."""
