"""As `streets`, on the streets of Porto four times side by side."""

import streets  # noqa: F401  (it runs when it is read)
