"""Posts on disk: the post folder and the .wajo file."""
