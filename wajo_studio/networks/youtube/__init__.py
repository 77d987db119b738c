"""YouTube: Data API v3 (developers.google.com/youtube/v3; sheet of 2026-11-24)."""
