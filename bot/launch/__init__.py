"""Set-up, start, stop, terminal chat: what the Makefile calls.

`bootstrap` and what it imports (`pythons`, `environments`, `steps`, `orphans`) run under any Python from 3.8
with nothing installed; everything else runs in `.venv`.
"""
