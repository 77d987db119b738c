"""What Facebook and Instagram share: the Graph API, its errors, its uploads."""
