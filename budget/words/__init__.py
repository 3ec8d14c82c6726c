"""Sentences, tables and charts about a budget, made of what queries gave. Nothing here reads the database."""
