"""What every peer prints: its name, its times, the numbers that must agree, and its memory."""

import json
import resource


def report(name, seconds, check):
    """Prints one line; `check` holds the numbers that our program must find as well."""
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"name": name, "seconds": seconds, "check": check, "peak_mb": peak_mb}))
