"""Who: parties named or described, what refers to them, and what they did to whom."""
