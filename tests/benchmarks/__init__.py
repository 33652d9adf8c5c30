"""Benchmarks: never tests (ruling 27). `python -m tests.benchmarks [NAME…]`, or `make bench`."""
