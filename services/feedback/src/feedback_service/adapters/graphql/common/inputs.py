"""What several inputs say of themselves."""

TOKEN = (
    "The verified person, from a portal only: the subject their own token would carry. "
    "It is kept as a salted commitment and nowhere in clear."
)
