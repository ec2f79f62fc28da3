"""What makers and shoppers agree to: numbered texts with their days, and who of the makers accepted which."""
