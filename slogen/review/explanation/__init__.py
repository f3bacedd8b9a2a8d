"""What one SLO means: from its plan to numbers and sentences, and their forms."""
