"""Instagram professional accounts: feed, carousel, reels, stories."""
