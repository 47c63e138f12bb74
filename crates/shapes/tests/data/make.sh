#!/bin/sh
# Makes the files of this folder from places.geojson with GDAL's ogr2ogr.
set -e
cd "$(dirname "$0")"
rm -rf utf8 latin1 ./*.fgb
mkdir utf8 latin1
ogr2ogr -f FlatGeobuf places.fgb places.geojson
ogr2ogr -f FlatGeobuf -limit 1 one.fgb places.geojson
ogr2ogr -f FlatGeobuf -lco SPATIAL_INDEX=NO places-no-index.fgb places.geojson
ogr2ogr -f FlatGeobuf -t_srs EPSG:32631 places-utm.fgb places.geojson
ogr2ogr -f "ESRI Shapefile" -lco ENCODING=UTF-8 utf8/places.shp places.geojson
ogr2ogr -f "ESRI Shapefile" -lco ENCODING=ISO-8859-1 latin1/places.shp places.geojson
