"""What an edit of SLOs means: from rules of two versions to what changed, and its forms."""
