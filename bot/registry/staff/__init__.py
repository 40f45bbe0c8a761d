"""The registry's pages for staff inside Django's admin."""
