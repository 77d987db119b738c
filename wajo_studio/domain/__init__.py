"""What the program talks about: posts, media, brand, placements, findings. Pure values."""
