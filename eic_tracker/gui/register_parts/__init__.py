"""The parts of the page of the register: books and folios, paper books of the past, numbers, the month."""
