"""What others read of the shop: product feeds, news of stories, and what a page tells machines of itself."""
