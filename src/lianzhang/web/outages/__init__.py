"""What if this supplier stops (断供推演): the study, its list of answers, and what the measures mean."""
