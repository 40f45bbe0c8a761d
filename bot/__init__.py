"""The HEZA Investor Assistant: one package per room, see docs/architecture.md."""
