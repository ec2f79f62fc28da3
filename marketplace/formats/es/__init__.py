"""Spanish in Los Angeles: words of Spanish, numbers and clock of the United States."""
