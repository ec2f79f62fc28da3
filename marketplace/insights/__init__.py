"""How often pages of pieces and stories are looked at: numbers by day, nothing about who looked."""
