"""Rate limits: how many requests of each token there were of late, and who counts them."""
