"""What is for sale, and the pages that show it."""
