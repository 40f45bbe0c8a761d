"""Reading the conversations: list, search, export, transcript, what staff note about them."""
