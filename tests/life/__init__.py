"""The whole life of hooks, hook sources and apps, walked at random beside the oracle."""
