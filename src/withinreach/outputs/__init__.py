"""What people get: the page, GeoJSON, tables, verdicts in words."""
