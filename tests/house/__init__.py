"""The house rules that a program can check; each is a function from the project's folder to the breaches found."""
