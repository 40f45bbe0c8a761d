"""A demonstration: a fortnight of conversations, asked of the real assistant and marked as what they are."""
