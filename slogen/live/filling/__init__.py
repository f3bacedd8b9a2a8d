"""What rules would have recorded of SLOs that have just been made, as a file for promtool."""
