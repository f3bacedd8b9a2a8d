"""What tests cost: processor time by folder and by test, that of their children included."""
