"""Public pictures of pieces, stories, makers and reviews: made once in the background, in the sizes that pages need."""
