"""Everything without a window: no Qt, no network, no clock."""
