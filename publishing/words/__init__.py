"""What publications and their pages say: sentences and tables, made from what queries read."""
