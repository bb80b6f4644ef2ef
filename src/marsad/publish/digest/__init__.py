"""The newsletter: an account of a period as HTML, plain text and two pictures."""
