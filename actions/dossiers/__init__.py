"""Where the state of a dossier comes from: one interface, two sources behind it."""
