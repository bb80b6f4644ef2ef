"""The account: what many reports say of one incident, counted, weighed and told apart."""
