"""What of Connexion is extended or replaced. All else of it is used as it comes; ARCHITECTURE.md says why.

``routing`` stands in the place of its RoutingMiddleware, ``validation`` of its
RequestValidationMiddleware; ``operations`` extends its application for async handlers, so that these are
bound once and not at each request. ``specification`` hands it the contract, which is valid already.
"""
