"""The page that checks a receipt in the browser."""
