"""A stand-in for Stripe that the real Stripe SDK talks to over HTTP; see README.md."""
