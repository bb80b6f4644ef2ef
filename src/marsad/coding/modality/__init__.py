"""Did it happen: asserted, alleged, denied, planned, threatened, hypothetical, historical."""
