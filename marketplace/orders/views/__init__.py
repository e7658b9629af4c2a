"""The pages of carts and orders, one module per resource."""
