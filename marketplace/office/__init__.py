"""The city office: who is real, who must stop, and what is left to finish."""
