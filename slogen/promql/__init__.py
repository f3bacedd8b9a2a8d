"""PromQL: the few shapes that slogen emits, their printer, and the reading of what users wrote."""
