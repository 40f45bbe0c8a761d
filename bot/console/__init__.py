"""The staff's pages: read conversations, judge them, answer investors, see what goes wrong."""
