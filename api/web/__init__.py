"""Pages rendered on the server: templates, static files and what turns values into what they show."""
