map-between = { $low } to under { $high }
map-between-last = { $low } to { $high }
map-cities = Cities
map-cities-of-size = City of { $low } to { $high } people
map-cities-over = City of { $low } people and more
map-cities-under = City of fewer than { $high } people
map-cities-unknown = City whose population is not known
map-city-desc = { $n ->
        [0] The outline of { $place } and its neighbours.
        [one] The outline of { $place } and its neighbours, and one city.
       *[other] The outline of { $place } and its neighbours, and { $n } cities; the largest is { $largest }.
    }
map-class = Class
map-csv = Values as CSV
map-disclaimer = The boundaries and names shown and the designations used on this map do not imply official endorsement or acceptance, nor any opinion on the legal status of a country, territory, city or area or of its authorities, or on the course of its frontiers or boundaries.
map-estimated = Estimated
map-files = Save the map
map-finding = { $n ->
        [one] One place has a value: { $highest }, { $high }.
       *[other] { $n } places have a value: from { $low } ({ $lowest }) to { $high } ({ $highest }).
    }
map-finding-none = No place has a value that can be shown.
map-finding-without = { $n ->
        [one] One country or area has none.
       *[other] { $n } countries and areas have none.
    }
map-geojson = Values with shapes as GeoJSON
map-gestures-mac = Use ⌘ and scroll to zoom the map
map-gestures-touch = Use two fingers to move the map
map-gestures-wheel = Use Ctrl and scroll to zoom the map
map-go-to = Go to
map-keys = In the map, arrow keys go from place to place in the order of the table, Enter opens a place, Escape leaves.
map-keys-city = In the map, arrow keys move it, + and − zoom.
map-keys-goto = “Go to” opens a place.
map-kilometres = km
map-lands = Countries and borders
map-latest-between = Latest value of each place, { $from } to { $to }
map-latest-of = Latest value of each place, { $from }
map-layers = Layers
map-licences = Licences of the map drawer that ships with this program
map-method = Map: Equal Earth projection, equal areas; drawn by Ekistics { $version }.
map-method-plane = Map: equal-area projection around the place; drawn by Ekistics { $version }.
map-metres = m
map-n-shapes = { $n } without a name
map-no-data = No data
map-not-applicable = Not applicable
map-not-shown = { $n ->
        [one] Not on the map, but in the table: { $places }.
       *[other] { $n } places are not on the map, but in the table: { $places }.
    }
map-note-abyei = The boundary between Sudan and South Sudan is not settled, and the status of the Abyei area is not determined.
map-note-falklands = Argentina and the United Kingdom dispute sovereignty over the Falkland Islands (Malvinas).
map-note-kashmir = The dotted line stands roughly for the Line of Control in Jammu and Kashmir agreed by India and Pakistan; the parties have not agreed on its final status.
map-note-kosovo = References to Kosovo are to be understood in the context of Security Council resolution 1244 (1999).
map-note-withheld = { $n ->
        [one] One value is withheld to protect people; its place is hatched.
       *[other] { $n } values are withheld to protect people; their places are hatched.
    }
map-open = Open
map-over-time = Over time
map-over-time-desc = { $n } maps, one for each period from { $from } to { $to }, with the same classes.
map-percent = { $n } %
map-percent-between = { $low } to under { $high } %
map-percent-from = { $low } % and more
map-percent-under = under { $high } %
map-place-itself = This place
map-png = Map as PNG
map-png-failed = The picture could not be made. Save the map as SVG.
map-png-saved = Saved.
map-population = Population
map-reset = Whole map
map-rule-fixed = the same classes on each map of this indicator
map-rule-quantiles = quantiles: about as many places in each class
map-save = Save
map-source-lands = Boundaries and coasts: { $version }.
map-source-places = Places: this register.
map-source-population = Places: this register. Population: { $sources }.
map-source-values = Values: { $sources }.
map-svg = Map as SVG
map-table = The same as a table ({ $n })
map-unit = { $unit }; { $rule }
map-where = Where it lies
map-zoom-in = Zoom in
map-zoom-out = Zoom out
