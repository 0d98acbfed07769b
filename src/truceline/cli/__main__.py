"""`python -m truceline.cli`: the same as `truceline`."""

from truceline.cli import main

main()
