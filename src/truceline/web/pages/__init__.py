"""The screens: one module each, a view that reads, calls one act and renders, and its form."""
