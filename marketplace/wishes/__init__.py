"""What shoppers keep an eye on: favorites, and pieces that are sold out now."""
