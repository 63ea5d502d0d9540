"""Keeps assessments, finds in them, answers from them. Imports only `ingest` and `prompts`."""
