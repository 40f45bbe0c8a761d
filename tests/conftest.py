"""Nothing for all rooms: each has a conftest of its own, because they run under two Pythons."""
