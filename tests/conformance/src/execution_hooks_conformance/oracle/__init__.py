"""The oracle: predicts the response to each request, from the contract and from what the account holds.

It knows nothing of the server, and sends nothing. ``refusals.expected_outcomes`` is the prediction;
``promises`` and ``pages`` say what is wrong with a response that succeeded.
"""
