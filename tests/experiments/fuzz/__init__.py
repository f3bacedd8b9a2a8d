"""Whatever a file of definitions holds, slogen answers with SLOs or with diagnostics."""
