"""The shopper's own pages."""
