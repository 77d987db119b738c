"""The deliveries page: what goes out, went out, or waits for a person."""
