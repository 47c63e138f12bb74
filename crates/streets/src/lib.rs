//! Street networks: from OpenStreetMap and timetables to walking distances, and who lives within them.
//!
//! Invariant: nothing here knows a record or an indicator; files of one city in, distances and shares out.
