"""The same means with DuckDB: totals of units by domain, then the variance of these around the mean of their stratum."""

import pathlib
import sys
import time

import duckdb

import peer

path = pathlib.Path(sys.argv[1]) / "survey.parquet"
query = f"""
WITH unit AS (SELECT stratum, psu, domain, sum(w * y) AS wy, sum(w) AS w FROM '{path}' GROUP BY ALL),
mean AS (SELECT domain, sum(wy) / sum(w) AS m, sum(w) AS whole FROM unit GROUP BY domain),
n AS (SELECT stratum, count(DISTINCT psu) AS n FROM unit GROUP BY stratum),
part AS (
    SELECT domain, stratum, sum((wy - m * w) / whole) AS z, sum(((wy - m * w) / whole) ** 2) AS zz
    FROM unit JOIN mean USING (domain) GROUP BY ALL
)
SELECT any_value(m), sqrt(sum(n / (n - 1) * (zz - z * z / n)))
FROM part JOIN n USING (stratum) JOIN mean USING (domain) GROUP BY domain
"""
seconds = []
for _ in range(3):
    start = time.perf_counter()
    rows = duckdb.sql(query).fetchall()
    seconds.append(time.perf_counter() - start)

peer.report(f"DuckDB {duckdb.__version__}", seconds, [len(rows), sum(r[0] for r in rows), sum(r[1] for r in rows)])
