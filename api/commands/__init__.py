"""The commands of `hyoka`, one module each; `api/cli.py` gathers them."""
