"""As `degurba`, on the grid of Europe."""

import degurba  # noqa: F401  (it runs when it is read)
