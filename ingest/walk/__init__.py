"""The walk over a document's lines, split by what a line may be: `ingest.form` asks each of these modules in turn."""
