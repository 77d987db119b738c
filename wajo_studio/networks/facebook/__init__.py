"""Facebook Pages: feed, reels, stories."""
