"""Units are rated (đánh giá tập thể)."""
