"""The model: everything that could read past entries differently, by version.

Code that would change a row drawn from an old entry is a new model. It gets a new name here and
is in force from the `model/adopted` entry that names it.
"""

from truceline.incidents.fusing import MODEL as FUSION

MODEL = "truceline-model/1"
PARTS = {"drawing": "drawing/1", "fusion": FUSION, "terms": "terms/1", "sources": "sources/1"}
