"""Cards in the channel: drawn, held in quiet hours, escalated, reminded of."""
