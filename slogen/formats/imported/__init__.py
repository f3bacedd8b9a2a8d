"""What the formats of other tools share: indicators from queries, and what is said of them."""
