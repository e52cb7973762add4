"""For those who work through the course by themselves: what was reached, and the next hint."""
