"""What publications and their pages say. Klimastatus itself is put together in `period_summary`."""
