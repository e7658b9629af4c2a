"""From cart to doorstep: checkout, orders, their states and delivery."""
