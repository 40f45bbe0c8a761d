"""How a record becomes an answer: a module per kind, pure functions over a turn and its records."""
