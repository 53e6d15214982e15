"""Speed, memory and quality, beside the peers. `make bench` runs them all, `python -m benchmarks NAME` one."""
