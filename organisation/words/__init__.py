"""What the organisation says in words."""
