"""The pages of the members app, a module a subject."""
