"""How soon rules page, and how often for nothing: slogen's beside those of other tools."""
