"""A page that checks a receipt in the browser and trusts no server, this one included.

`receipt.html` is one file: it may be saved and opened from a disk. Its content policy names its own
style and script by hash; `sealing` writes those hashes after an edit.
"""
