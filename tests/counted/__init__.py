"""What real servers count of what real exporters sent, at four scrape intervals side by side."""
