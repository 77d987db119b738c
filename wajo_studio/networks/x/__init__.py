"""X: API v2 (docs.x.com, OpenAPI 2.167; sheet of 2026-11-24)."""
