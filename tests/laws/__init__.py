"""The laws of the base series, each tested for each kind of SLI, with promtool as the judge."""
