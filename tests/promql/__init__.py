"""Tests of PromQL: quoting, selectors, printing and parsing."""
