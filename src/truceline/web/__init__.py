"""The desk in a browser: pages, accounts, languages. The only room that knows Django.

A page reads through a `View` bound to one reader and acts through the `desk` room; it keeps no
fact of its own. Everything works without JavaScript, and nothing is loaded from outside.
"""
