"""The bimonthly consultation: agenda, written answers, decisions with owner and date, minutes, the ledger of tasks."""
