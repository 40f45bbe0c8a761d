"""The measuring stand: questions of outsiders, what came back, and how much of it was right."""
