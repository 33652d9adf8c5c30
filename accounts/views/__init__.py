"""The pages of the accounts app, a module a subject."""
