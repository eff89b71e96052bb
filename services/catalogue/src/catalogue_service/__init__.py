"""The shared catalogue of standard work products: versions, approval, releases."""
