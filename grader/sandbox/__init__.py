"""Where student code runs: processes, their borders, and what crosses them."""
