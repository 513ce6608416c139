"""What is made of collected reviews: stored, checked, analysed, reported and published."""
