"""What happens to an order once it is paid: canceling, returns, false claims, messages, reviews."""
