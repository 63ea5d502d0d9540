"""hyoka for programs that speak the Model Context Protocol: the same answers, passages, records and places as tools.

server ──► tools ──► desk ──► rag        schemas: what tools take and give        http: the server on an address
"""
