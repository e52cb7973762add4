"""Many submissions: found, graded, kept, and handed back as platforms want them."""
