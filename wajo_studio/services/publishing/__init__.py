"""Publishing: accounts, the queue of deliveries, schedules, assisted posting, proofs."""
