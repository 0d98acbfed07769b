"""Texts under negotiation and their life up to entry into force; understandings nobody wrote down.

Pure folds over acts (`acts`): `texts` (brackets, articles, a package), `instruments` (signature and
ratification), `understandings`, `positions`. What the acts say is in docs/formats/texts.md. The
room knows no terms: `desk/` joins what is agreed here with the rules of `terms`. The reader of
coverage of talks (`reading/`) is a neighbour of these modules and none of them needs it.
"""
