"""The outside of hyoka: command line, HTTP and pages. Imports `rag` and `ingest`."""
