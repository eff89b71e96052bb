"""What several inputs say of themselves."""

TOKEN = (
    "The verified person, from a portal only: the subject their own token would carry. "
    "1 to 200 visible ASCII characters, capitals make no difference. It is kept as a salted "
    "commitment and nowhere in clear."
)
