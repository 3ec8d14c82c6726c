"""Reads about climate budgets. `budget_table` is the one every rendering comes from."""
