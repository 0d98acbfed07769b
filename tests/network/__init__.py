"""Several machines in one: the centre, witnesses and replicas, cut off and rejoined."""
