"""Plan → what the form itself answers: `rows` of records, `items` at a place, their `facts`, the `boxes` in them."""
