"""Whether hostile text becomes markup."""
