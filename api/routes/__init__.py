"""The addresses of the HTTP side, one module for each subject."""
