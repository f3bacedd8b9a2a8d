"""Scripts that slogen writes."""
