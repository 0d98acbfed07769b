"""A second reading of the rules, from their text alone: it shares no line with the engine.

It reads the YAML as it stands, and draws precise places from what the case states. What chance does
not settle stays open: every world answers yes, no or open, and the shares of yes and of not-no are
what the engine must give.
"""
