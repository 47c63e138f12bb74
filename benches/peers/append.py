"""Plain inserts of the same bodies, one transaction each, write-ahead log and full synchronisation."""

import pathlib
import sqlite3
import sys
import time

from peer import report

folder = pathlib.Path(sys.argv[1])
bodies = (folder / "bodies.jsonl").read_text().splitlines()
path = folder / "plain.sqlite"
for ending in ("", "-wal", "-shm"):
    (folder / f"plain.sqlite{ending}").unlink(missing_ok=True)
db = sqlite3.connect(path, isolation_level=None)
db.execute("pragma journal_mode = wal")
db.execute("pragma synchronous = full")
db.execute("create table body (seq integer primary key, body text not null)")
start = time.perf_counter()
for body in bodies:
    db.execute("insert into body (body) values (?)", (body,))
seconds = time.perf_counter() - start
report("SQLite", [seconds], [db.execute("select count(*) from body").fetchone()[0]])
