"""The live desk: who waits, the talk one is in charge of, canned replies, formal inquiries."""
