"""The words that tell something, and a text as they are sought in it: for what the public writes, and for what we do.

All of it is pure: no database, no settings.
"""
