"""Plan → what the form itself answers: `rows` and `columns` of records, `items`, `facts`, `boxes` at places."""
