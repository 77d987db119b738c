"""The five networks' own protocols: the only part of the program that speaks to a network."""
