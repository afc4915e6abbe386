"""Hooks, hook sources, apps, accounts and the rules that they meet: no HTTP, no JSON text, no SQL."""
