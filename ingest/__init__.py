"""Reads a file of one assessment into an `Assessment`. No database, no model, no network."""
