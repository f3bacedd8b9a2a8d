"""The ERP: its ConfigMaps as SLOs."""
