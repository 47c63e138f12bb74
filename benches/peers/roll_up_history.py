"""The roll-up over one segment for each change: the same question as in roll_up.py."""

import roll_up  # noqa: F401 - asks when it is imported
