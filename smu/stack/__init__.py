"""`make run`: the whole unit on one machine, from nothing but Python packages.

A supervisor of ours over the binaries of two wheels (PostgreSQL, Redis) and the project's own processes. It needs no
Django: the database that settings want does not exist yet when it begins. The tests use the same supervisor for their
services (`--only postgres,redis --throwaway`).
"""
