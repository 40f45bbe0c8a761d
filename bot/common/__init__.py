"""Plain Python shared by every room; imports none of them (Python 3.10 and 3.11+)."""
