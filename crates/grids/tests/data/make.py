"""Makes the small rasters of this folder with GDAL (rasterio 1.4.4): 20 x 37 cells, value of row r and column c is r + c / 4,
or r + c for whole numbers; the cell of row 2, column 3 is missing (-1)."""

import numpy
import rasterio
from rasterio.transform import from_origin

WIDTH, HEIGHT = 37, 20
rows, columns = numpy.mgrid[0:HEIGHT, 0:WIDTH]
FLOATS = (rows + columns / 4).astype("float32")
WHOLE = (rows + columns).astype("int16")
KINDS = {
    "plain_strips": (WHOLE, {}),
    "lzw_strips": (WHOLE, {"compress": "lzw", "blockysize": 7}),
    "lzw_tiles_predictor_2": (WHOLE, {"compress": "lzw", "predictor": 2, "tiled": True}),
    "packbits": (WHOLE, {"compress": "packbits", "blockysize": 3}),
    "deflate_tiles": (WHOLE, {"compress": "deflate", "tiled": True}),
    "zstd_strips": (WHOLE, {"compress": "zstd", "blockysize": 6}),
    "predictor_3_f32": (FLOATS, {"compress": "deflate", "predictor": 3, "tiled": True}),
    "predictor_3_f64": (FLOATS.astype("float64"), {"compress": "lzw", "predictor": 3, "blockysize": 5}),
    "predictor_3_big_endian": (FLOATS, {"compress": "deflate", "predictor": 3, "endianness": "big"}),
    "big_tiff": (FLOATS, {"compress": "deflate", "bigtiff": "yes", "tiled": True}),
    "big_tiff_big_endian": (WHOLE, {"bigtiff": "yes", "endianness": "big"}),
}
for name, (values, options) in KINDS.items():
    values = values.copy()
    values[2, 3] = -1
    if options.get("tiled"):
        options |= {"blockxsize": 16, "blockysize": 16}
    profile = {"driver": "GTiff", "width": WIDTH, "height": HEIGHT, "count": 1, "dtype": values.dtype, "nodata": -1}
    place = {"crs": "EPSG:3035", "transform": from_origin(4_000_000, 3_000_000, 1000, 1000)}
    with rasterio.open(f"{name}.tif", "w", **profile, **place, **options) as file:
        file.write(values, 1)

# Numbers that stand for others, holes without a word for what is missing, and a mask: 64 x 64 cells.
SMALL = {"driver": "GTiff", "width": 64, "height": 64, "count": 1, "crs": "EPSG:3035", "tiled": True}
SMALL |= {"transform": from_origin(4_000_000, 3_000_000, 1000, 1000), "blockxsize": 16, "blockysize": 16}
ones = numpy.ones((64, 64), dtype="int16")
with rasterio.open("scaled.tif", "w", dtype="int16", nodata=-1, compress="deflate", **SMALL) as file:
    file.write(ones * 2, 1)
    file.scales, file.offsets = (0.1,), (5.0,)
with rasterio.open("holes.tif", "w", dtype="float32", SPARSE_OK=True, **SMALL) as file:
    file.write(ones[:16, :16].astype("float32"), 1, window=((0, 16), (0, 16)))
with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
    with rasterio.open("masked.tif", "w", dtype="int16", compress="deflate", **SMALL) as file:
        file.write(ones, 1)
        file.write_mask(numpy.tri(64, dtype="bool"))
