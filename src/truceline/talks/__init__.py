"""The record of negotiations. Nothing is built here yet; the room keeps its place in the layers."""
