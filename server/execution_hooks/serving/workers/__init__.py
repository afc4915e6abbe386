"""Several processes that serve together: one parent forks, watches, replaces and ends them."""
