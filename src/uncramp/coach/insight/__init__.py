"""What the record can say: read, judged and put into words."""
