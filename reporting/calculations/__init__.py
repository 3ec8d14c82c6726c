"""What is reckoned from a report without asking anybody: standard library and codes only."""
