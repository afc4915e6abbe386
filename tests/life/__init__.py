"""The whole life of hooks, hook sources and apps, walked at random beside a plain model of it."""
