"""Who may use hyoka: people, their sessions and keys, what they did. Before the routes stands `api/auth.py`.

who ◄ people ◄ sessions, keys, links ◄ register ◄ door, invitations, own, office ◄ accounts
"""
