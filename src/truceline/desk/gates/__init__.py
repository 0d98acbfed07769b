"""What a centre, a replica or a witness answers over HTTP: plain ASGI, no framework, no session.

A gate is a list of routes. `asgi` has what they share; `log` serves a log and takes entries in.
"""
