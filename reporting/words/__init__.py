"""What reporting says: mail, tasks, receipts and other sentences, made from what queries read."""
