"""Our forks of Oscar's apps; a plain package, not an app."""
