"""What the parties agreed, as dated trilingual data, and the judging of a case against it.

An agreement is a YAML file read into typed integers (`loading`). A `Case` is judged by `judging`
into a verdict with belief and plausibility in basis points; duties are a fold over a register of
records (`obligations`). Everything here is pure: no clock, no network, no random numbers; what
happened elsewhere comes in as a case, a register and an instant.
"""
