"""Writes the Parquet files of this folder with other programs: polars 2.1.0 and duckdb 2.0.0."""

import pathlib
from datetime import date

import duckdb
import polars

HERE = pathlib.Path(__file__).parent
ROWS = polars.DataFrame(
    {
        "indicator": ["EA-1", "EA-1", "EA-2"],
        "place": ["KEN", "UGA", "KEN"],
        "period": ["2014", "2014", "2016-S1"],
        "scope": ["global", "global", "delivered"],
        "breakdown": [None, None, "sex=female"],
        "value": [55.1, None, 12.0],
        "status": ["measured", "not_available", None],
        "measured_on": [date(2014, 6, 30), None, None],
        "comment": ["a", None, "内罗毕"],
    }
).with_columns(polars.col("scope").cast(polars.Categorical))

ROWS.write_parquet(HERE / "polars-zstd.parquet")
for compression in ["snappy", "gzip", "lz4", "brotli"]:
    ROWS.write_parquet(HERE / f"polars-{compression}.parquet", compression=compression)
duckdb.sql(f"copy (select * from read_parquet('{HERE}/polars-snappy.parquet')) to '{HERE}/duckdb.parquet'")
