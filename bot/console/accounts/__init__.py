"""Accounts of staff, their roles, one-time links, the audit log."""
