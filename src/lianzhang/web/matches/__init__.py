"""What an enterprise is entitled to, what it lacks, and which fact is worth stating next."""
