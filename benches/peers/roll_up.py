"""The roll-up in DuckDB's SQL, on the same Parquet files, as of the same change."""

import pathlib
import sys
import time

import duckdb

import peer

folder = pathlib.Path(sys.argv[1])
segments = [str(folder / path) for path in (folder / "segments.txt").read_text().split()]
as_of = int((folder / "as-of.txt").read_text())

database = duckdb.connect()
database.execute(f"create table places as select * from read_csv('{folder}/places.csv')")

ROWS = f"from read_parquet({segments}) where change <= {as_of} and scope = 'delivered' and breakdown is null"
# The natural key, the period by its days. What is constant in these files (breakdown, scope, entity) is part of it.
KEY = "indicator, place, period_start, period_end, breakdown, scope, project, entity"
# Three ways to say "the latest row of each key"; the quickest one counts.
LATEST = [
    f"select {KEY}, arg_max(value, change) as value, arg_max(status, change) as status {ROWS} group by {KEY}",
    f"select {KEY}, held.value, held.status from"
    f" (select {KEY}, arg_max({{'value': value, 'status': status}}, change) as held {ROWS} group by {KEY})",
    f"select {KEY}, value, status {ROWS} qualify row_number() over (partition by {KEY} order by change desc) = 1",
]

seconds = []
for latest in LATEST:
    start = time.perf_counter()
    rows = database.execute(f"""
        select indicator, region, year(period_start) as year, sum(value) as answer, count(*) as n
        from ({latest}) join places using (place)
        where status in ('measured', 'estimated') and year(period_start) = year(period_end)
        group by all order by all
    """).fetchall()
    seconds.append(time.perf_counter() - start)

check = [len(rows), sum(row[4] for row in rows), sum(row[3] for row in rows)]
peer.report(f"DuckDB {duckdb.__version__}", seconds, check)
