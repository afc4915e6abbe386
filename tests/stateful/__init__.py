"""Random sequences of operations on hooks, hook sources and apps, predicted by the oracle."""
