"""Who may enter: every route as every role, on own and foreign objects."""
