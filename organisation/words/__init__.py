"""Norwegian sentences, headings and labels, made of what queries gave."""
