"""What will be left of budgets, and which objective past windows met; nothing here prints."""
