"""Definitions whose dashboards are drawn, besides those of the ERP."""
