"""What would the tests say if a guard, an event or a save were gone? `make mutants` asks them."""
