"""Exchange: hooks of Kubernetes as resources of the REST API, and the way back, with what is lost."""
