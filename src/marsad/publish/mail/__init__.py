"""Mail: messages, and the way to the server that delivers them."""
