"""The roll-up in DuckDB's SQL, on the same Parquet file, as of the same change."""

import pathlib
import sys
import time

import duckdb

import peer

folder = pathlib.Path(sys.argv[1])
segment = folder / (folder / "segment-path.txt").read_text()
as_of = int((folder / "as-of.txt").read_text())

database = duckdb.connect()
database.execute(f"create table places as select * from read_csv('{folder}/places.csv')")

# The latest row of each natural key, then the sum. Grouping by the whole key is what the question says; what
# is constant in this file (breakdown, scope, entity) is part of it.
LATEST = f"""
    select indicator, place, period_start, period_end,
           arg_max(value, change) as value, arg_max(status, change) as status
    from read_parquet('{segment}')
    where change <= {as_of} and scope = 'delivered' and breakdown is null
    group by indicator, place, period, period_start, period_end, breakdown, scope, project, entity
"""
QUESTION = f"""
    select indicator, region, year(period_start) as year, sum(value) as answer, count(*) as n
    from ({LATEST}) join places using (place)
    where status in ('measured', 'estimated') and year(period_start) = year(period_end)
    group by all order by all
"""

seconds = []
for _ in range(3):
    start = time.perf_counter()
    rows = database.execute(QUESTION).fetchall()
    seconds.append(time.perf_counter() - start)

check = [len(rows), sum(row[4] for row in rows), sum(row[3] for row in rows)]
peer.report(f"DuckDB {duckdb.__version__}", seconds, check)
