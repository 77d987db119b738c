"""TikTok: Content Posting API (developers.tiktok.com; sheet of 2026-11-24)."""
