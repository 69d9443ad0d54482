"""What waits for whom: the first page of each role, notices, the working calendar."""
