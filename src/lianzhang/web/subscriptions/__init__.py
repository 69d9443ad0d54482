"""Subscriptions: what a person wants to be told of – deadlines at 30, 7 and 1 days, and changes of a text."""
