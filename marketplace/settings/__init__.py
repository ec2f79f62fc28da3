"""Settings: `dev` for a laptop and the demo, `test` for pytest, `production` from the environment alone."""
