"""Whether hostile text becomes markup, whether the markup is sound, and how heavy a page is."""
