"""How many: numbers of people harmed, and whom they count."""
