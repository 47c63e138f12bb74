GEO001 = { $problem ->
        [no_polygon] { $file } holds no polygon.
        [io] { $file } cannot be opened: { $detail }.
        [unrecognised] { $file } is no file of boundaries or points that is read here: { $detail }.
        [many_layers] { $file } has several layers; name one of them: { $known }.
        [no_such_layer] { $file } has no layer “{ $asked }”; it has: { $known }.
        [too_large] { $file } holds more than { $most } of something; split the file.
        [damaged] { $file } is damaged: { $detail }. Save it again from the program that made it.
        [unsupported] { $file } holds something that is not read here: { $detail }.
        [not_degrees] { $file }: the position { $at } looks like metres. GeoJSON is in longitude and latitude (RFC 7946) unless it names its reference system in “crs”; project it to EPSG:4326, or give a GeoPackage.
       *[other] The boundaries or points cannot be read: { $detail }.
    }
    .why = A shape that is half read would lie in the wrong place.
    .remedy = Give a GeoPackage, GeoJSON, FlatGeobuf or shapefile, and the layer by name where there are several.
GEO002 = { $problem ->
        [io] { $file } cannot be opened: { $detail }.
        [not_tiff] { $file } is no GeoTIFF.
        [truncated] { $file } is cut off; fetch it again.
        [unsupported] { $file } is a GeoTIFF of a sort that is not read here: { $detail }.
        [no_place] { $file } does not say where it lies; write it as GeoTIFF with its reference system.
        [turned] { $file } is turned or upside down; warp it so that rows run west to east, north first.
        [unaligned] { $file } and { $other } are not one grid: { $detail }.
        [projection] { $file } has the reference system { $found }, which does not fit: { $detail }.
        [tiles_differ] { $file } and { $other } overlap and differ: { $found } and { $wanted } at { $at }. Give tiles of one edition, or cut one of them.
       *[other] The raster cannot be used: { $detail }.
    }
    .why = Cells that do not mean what they seem to mean give wrong cities.
    .remedy = Give GeoTIFFs of one grid: the same cells, origin and reference system.
GEO003 = { $problem ->
        [io] { $file } cannot be opened: { $detail }.
        [pbf] { $file } is damaged or no extract of OpenStreetMap (byte { $n }): { $detail }.
        [no_column] { $file } has no column “{ $column }”; it has: { $known }.
        [file] { $file } cannot be used: { $detail }.
       *[other] The street network cannot be used: { $detail }.
    }
    .why = Who lives within walking distance depends on every street.
    .remedy = Put the folder right as docs/methods/access.md describes it.
GEO004 = The computation was ended on request.
    .why = Nothing was written.
    .remedy = Start it again when it suits.
GEO005 = { $problem ->
        [json] The options are no JSON: look at line { $line }, column { $column }.
        [no_text] The options are no text in UTF-8. JSON is expected.
        [no_object] The options should be one object such as { $key }.
        [object] The option “{ $key }” is { $found }. It should be an object in braces.
        [unknown] There is no option “{ $key }”. There are: { $known }.
        [nearest] There is no “{ $key }” to choose. The nearest that there is: { $known }.
        [part] The option “{ $key }” has no part “{ $found }”. It has: { $known }.
        [value] The option “{ $key }” cannot be { $found }. It should be: { $detail }.
        [needs] The option “{ $key }” needs a file that was not given: { space-word-role }.
        [not_with] The option “{ $key }” and the file { space-word-role } cannot both be given.
        [since_missing] The earlier date is missing.
        [since_late] The earlier date, { $found }, must lie before the later one, { $known }.
        [text] The option “{ $key }” is { $found }. It should be a text.
        [number] The option “{ $key }” is { $found }. It should be a number from { $low } to { $high }.
        [list] The option “{ $key }” is { $found }. It should be a list in square brackets.
        [true_or_object] The option “{ $key }” is { $found }. It should be true, or an object in braces.
        [file_of_folder] The option “{ $key }” is { $found }. It should be the name of one of the files given.
        [file_or_tags] The option “{ $key }” is { $found }. It should say either “file” or “osm” with tags.
        [tag] The option “{ $key }” holds { $found }. It should be a tag such as amenity=school.
        [way_number] The option “{ $key }” holds { $found }. It should be the number of a way.
        [street_class] The option “{ $key }” names { $found }. It should be a class of streets such as residential.
        [time] The option “{ $key }” is { $found }. It should be a time such as 07:30.
        [later_time] The option “{ $key }” is { $found }. It should be a time after the one of “from”.
        [day] The option “{ $key }” is { $found }. It should be a day such as 2026-05-12.
        [mode] The option “{ $key }” is { $found }. It should be network or crow_fly.
       *[other] The options do not go together: { $detail }.
    }
    .why = What is guessed would be another question.
    .remedy = Correct what is named. The page of the method lists the options and what belongs together.
GEO006 = { $file }, layer { $layer }, feature { $feature }: the boundary of { $place } cannot be used ({ $problem ->
        [self_crossing] it crosses itself
        [wrong_nesting] its parts lie in each other
        [too_few_points] a ring has fewer than three corners
        [hole_outside] a hole lies outside of it
        [zero_area] a ring has no area
        [crosses_antimeridian] it jumps across the antimeridian
        [outside_world] it lies outside of the world
        [swapped] latitude stands before longitude
        [no_area] it is no area
        *[no_shape] it has no shape
    }; longitude, latitude: { $at }).
    .why = People and land within such a boundary cannot be counted.
    .remedy = Mend the shape where it says, for instance with “Fix geometries” of QGIS, and hand the file in again.
GEO007 = { $file }, feature { $feature }: no place is called “{ $place }”.
    .why = A boundary belongs to a place of the register; otherwise no figure could be found by it.
    .remedy = Add the place first, or write its code into the attribute `place`. Two places of one name need the code.
GEO008 = { $file }, layer { $layer }, feature { $feature }: the boundary of { $place } { $problem ->
        [missing] has no { $field }, and none was given with the file
        [twice] stands twice with { $found } as { $field }
       *[other] has “{ $found }” as { $field }
    }.
    .why = A version of a boundary is told by its definition and its first day, once each.
    .remedy = Write a day such as 2020-01-01 as valid_from and one of the definitions of the guide, or give both with the file.
GEO009 = { $file } does not say which places its boundaries are of: there is no attribute “{ $asked }” with places. It has: { $known }.
    .why = Without places boundaries are lines on a sheet.
    .remedy = Name the attribute that holds codes or names of places.
GEO010 = { $file } has { $n } boundaries; at most { $most } are taken at once.
    .why = One change should stay small enough to be looked at.
    .remedy = Split the file.
GEO011 = { $file }, layer { $layer }, feature { $feature }: the boundary of { $place } { $problem ->
        [overlap] covers ground of { $neighbour } ({ $area } { space-word-unit })
        [gap] leaves a gap to { $neighbour } ({ $area } { space-word-unit })
        [overlap_held] covers ground of { $neighbour }, whose boundary in the register holds from { $since } ({ $area } { space-word-unit })
        [gap_held] leaves a gap to { $neighbour }, whose boundary in the register holds from { $since } ({ $area } { space-word-unit })
        [self_touching] touches itself
        [far_away] lies far from where the place is known to be
        *[other] has a corner twice
    }; longitude, latitude: { $at }.
    .why = Who lives in both or in neither is counted twice or not at all.
    .remedy = Let neighbours share their corners; small slivers can stay.
GEO012 = The input { space-word-role } cannot be used: { $detail }.
    .why = A computation without it would answer another question.
    .remedy = Give the file; the guide's chapter on grids, land and access says which.
GEO013 = The computation { $job } is not there, or not as far ({ space-word-state }).
    .why = Figures come from a computation that ended.
    .remedy = Look at the list of computations; one that was interrupted can be resumed.
GEO014 = No place in { $place } has a boundary ({ space-word-definition }).
    .why = Land and people are summed within boundaries.
    .remedy = Import boundaries first, or publish the cities found by the degree of urbanisation.
GEO015 = No measure of { $job } is tied to an indicator.
    .why = A figure in the register belongs to an indicator.
    .remedy = Choose an indicator for at least one measure.
GEO016 = The code { $place } belongs to another place by now.
    .why = Two urban centres under one code would mix their figures.
    .remedy = Compute again, so that a free code is chosen, or give the place that was meant its right position.
GEO017 = The input { space-word-role } lies elsewhere than { $place }.
    .why = Figures of one place would be published as another's.
    .remedy = Choose the place that the files are of, or give the files of this place.
GEO018 = { $problem ->
        [above] { $file } cannot be { space-word-role }: row { $row }, column { $column } has { $found }, a cell has { $most } at most.
        [below] { $file } cannot be { space-word-role }: row { $row }, column { $column } has { $found }, which is below 0; name the value for missing cells in the file (GDAL_NODATA).
       *[other] { $file } cannot be { space-word-role }: its greatest number is { $found }, a cell has { $most } at most.
    }
    .why = The wrong grid in a field gives numbers that look like an answer.
    .remedy = Look which file belongs to which field: persons per cell, land and built-up surface in square metres per cell.
GEO019 = { $file }, layer { $layer }, holds no feature.
    .why = There is nothing to write.
    .remedy = Export the layer again with its features, or name the layer that holds them.
GEO020 = { $file } cannot be written: { $problem ->
        [input] it is one of the inputs
        [no_folder] its folder is not there
        [no_file] it is a folder or a device
        [twice] two results would go there
       *[other] { $problem }
    }.
    .why = Nothing is computed whose result has no place, and no input is written over.
    .remedy = Name another file, in a folder that exists.
GEO021 = { $problem ->
        [io] { $file } cannot be opened: { $detail }.
        [no_text] { $file } is no text in UTF-8 (byte { $detail } is none); CSV or JSON is expected.
       *[row] { $file }, { $place }: { $detail }.
    }
    .why = What is guessed from a file that cannot be read would be another question.
    .remedy = Save the table as CSV or the options as JSON, as text in UTF-8; the guide's chapter on grids, land and access names the columns.
IDX001 = The file of the index cannot be read: { $detail }.
    .why = Without cities and indicators there is no index.
    .remedy = Write {"{"}"indicators": […], "cities": […]{"}"} as docs/methods/composite-index.md shows.
IDX002 = “{ $value }” is not known for { $name }.
    .why = A choice that is passed over changes the result without a word.
    .remedy = Choose one of: { $known }.
IDX003 = The scale of { $name } has no sense: it needs { $detail }.
    .why = Scores are places between bounds.
    .remedy = Give bounds or a target for which that holds.
IDX004 = The part “{ $name }” has no place in the tree: its parent is missing, or it lies within itself.
    .why = An index is a tree.
    .remedy = Name a parent that is there and does not lead back to it.
IDX005 = The weight or error of { $name } is { $value }; it must be 0 or above.
    .why = A mean with such a weight is none.
    .remedy = Correct it, or leave it out.
IDX006 = “{ $name }” comes twice.
    .why = A name must say which one is meant.
    .remedy = Give each indicator, part and city a name of its own.
IDX007 = The given weights do not fit: { $detail }.
    .why = Each draw needs a weight of 0 or above for every part of the index.
    .remedy = Give a file with one column for each part.
IDX008 = “{ $name }” is no indicator and no part of this index.
    .why = A value or weight that belongs to nothing is a slip.
    .remedy = Correct the name, or add the indicator.
IDX009 = { $n } draws for { $units } cities are more than is kept at once.
    .why = All scores of all draws are needed for the percentiles.
    .remedy = Ask for at most { $most } draws, and for fewer rows of the sensitivity analysis.
INS001 = The questionnaire cannot be read: { $detail }.
    .why = A questionnaire that is half understood would ask and score something else than its author meant.
    .remedy = Mend the line that is named; the keys are listed in docs/methods/instruments.md.
INS002 = “{ $id }” is no code.
    .why = Codes stand in answers, conditions and addresses for years.
    .remedy = Use small letters, digits and underscores (in the questionnaire's own code hyphens), beginning with a letter.
INS003 = The code { $id } is there twice.
    .why = An answer could then belong to either.
    .remedy = Give one of them another code.
INS004 = The condition of { $id } cannot be read: { $text }.
    .why = A condition that is guessed would hide or show the wrong questions.
    .remedy = Write it like stage == 'use' and rooms > 1; put codes of choices in quotation marks, numbers without.
INS005 = The condition of { $id } speaks of “{ $name }”, which is no earlier question.
    .why = Whether something is asked can only depend on what was answered before.
    .remedy = Name a question above it; of a question with several choices name one of them, like sources.well == 1.
INS006 = The condition of { $id } waits for the answer “{ $value }”, which nobody can give.
    .why = What depends on it would never be asked.
    .remedy = Use the code of a choice of the question that it names.
INS007 = { $id } has a text without { $language }.
    .why = Whoever reads only that language could not answer.
    .remedy = Add the translation.
INS008 = The levels of { $id } do not begin at 0, do not ascend to at most 100, or are missing.
    .why = Every score from 0 to 100 belongs to exactly one level.
    .remedy = Order them by their lowest score and let the first begin at 0.
INS009 = The question { $id } has fewer than two choices.
    .why = With one answer there is nothing to ask.
    .remedy = Add choices, or use another type of question.
INS010 = The choice { $choice } of { $id } does not say what it scores.
    .why = Without a score the section's mean would be made of other answers than were given.
    .remedy = Give a score from 0 to 100, null where the question then does not apply, or the question the weight 0.
INS011 = The points of { $id } make no scale.
    .why = A number needs exactly one score.
    .remedy = Give at least two points with ascending numbers and scores from 0 to 100.
INS012 = { $id } has “{ $part }”, which does not belong there.
    .why = It would be ignored, and somebody meant something by it.
    .remedy = Remove it, or change the type of the question; advice needs a question that scores.
INS013 = “{ $part }” of { $id } cannot be { $value }.
    .why = Weights are not below 0, scores lie between 0 and 100, a scale has 2 to 11 steps, and the least is below the most.
    .remedy = Correct the number.
INS014 = { $id } asks nothing.
    .why = An empty part has no score and no sense.
    .remedy = Add a question, or remove it.
INS015 = The questionnaire { $instrument } has no question { $question }.
    .why = An answer to nothing would be lost without anybody noticing.
    .remedy = Use the codes that `ekistics instrument show` lists.
INS016 = “{ $value }” is no answer to: { $question } Possible: { $expected }.
    .why = Only answers that the question offers have a meaning and a score.
    .remedy = Choose one of the answers, or a number within the limits.
INS017 = This question must be answered: { $question }
    .why = Without it the result would say something about less than it seems to.
    .remedy = Answer it, then hand in again; what you filled in is kept.
INS018 = This answer needs evidence: { $question }
    .why = A good score that nobody can look up convinces nobody.
    .remedy = Name a file, an address or a document, or choose the answer that you can show.
INS019 = There is no questionnaire { $instrument }.
    .why = Answers have a meaning only together with what was asked.
    .remedy = Choose one of: { $known }.
INS020 = There is no { $kind } “{ $subject }”.
    .why = A questionnaire is about a record of the register, so that the next one can be compared with it.
    .remedy = Choose one of the list, or add the record first.
INS021 = The answers cannot be read: { $detail }.
    .why = Answers that are half understood would score wrongly.
    .remedy = Write an object with instrument and answers, the answers by the codes of their questions, or several such objects as a list; docs/methods/instruments.md has an example.
INS022 = Nothing was answered.
    .why = An empty questionnaire says nothing.
    .remedy = Answer at least one question.
INS023 = “{ $type }” is no type of question that a questionnaire has.
    .why = A question that is left out quietly would be missed by nobody until the results are read.
    .remedy = Use text, integer, decimal, range, date, select_one or select_multiple with a list, note, or begin_group and end_group; delete the row otherwise.
INS024 = The condition “{ $text }” cannot be taken over: { $part }.
    .why = A condition that is guessed would hide or show the wrong questions.
    .remedy = Compare earlier questions with = != < <= > >=, use selected(), not(), and, or; name choices by their codes.
INS025 = The column { $column } is not kept here: { $value }.
    .why = It tells a field app how to behave, or tests what is typed, and changes nothing of what is asked and scored.
    .remedy = Nothing has to be done; say in the hint what must be known.
INS026 = The cell of { $column } cannot be taken over: { $value }.
    .why = What is dropped here would change what is asked or scored.
    .remedy = Write a number where one is meant, required as yes or no, evidence as asked or required, levels and points like “0 0; 100 100”; leave calculation and choice_filter empty.
INS027 = The group in row { $row } has no other end.
    .why = Groups are the sections; an open one would swallow the rest.
    .remedy = Give each begin_group its end_group.
INS028 = There is no list of choices “{ $list }”.
    .why = A question without choices cannot be answered.
    .remedy = Add its rows to the sheet choices, with this name in list_name.
INS029 = Texts in { $language } are not kept.
    .why = Records are written in Arabic, Chinese, English, French, Russian and Spanish.
    .remedy = Nothing has to be done; the other languages of the form are kept.
INS030 = Version { $version } of { $instrument } is there already, or was answered.
    .why = A version that was answered is never changed: its answers would mean something else.
    .remedy = Give it the version { $next }.
INS031 = The sheet settings does not say the { $setting }.
    .why = A questionnaire is about one kind of record, and scores in one way.
    .remedy = Add the column { $setting } with one of these: { $allowed }.
INS032 = The program has a questionnaire with the code { $instrument }.
    .why = Answers name their questionnaire by its code.
    .remedy = Give yours another code.
INS033 = { $id } has { $n } characters; a part of a questionnaire has { $most } at most.
    .why = Each part is a record, and must fit into a cell of a workbook.
    .remedy = Shorten its texts, or divide it.
INS034 = The file is neither a photograph (JPEG, PNG, WebP, HEIC) nor a PDF.
    .why = Evidence must still open years from now, and must not be able to do anything when it is opened.
    .remedy = Take a photograph, or save the document as PDF.
INS035 = The file has { $size } MB; evidence has { $most } MB at most.
    .why = Evidence is kept in the backups for as long as its answer.
    .remedy = Make it smaller, or name its address instead.
OUT001 = The file of the outlook cannot be read: { $detail }.
    .why = Countries, years and horizons are needed.
    .remedy = Write {"{"}"countries": [{"{"}"iso3", "y0", "y1", "horizon"{"}"}], "regions": […]{"}"} as docs/methods/slum-outlook.md shows.
OUT002 = { $country } has no value for { $year } in { $series }.
    .why = A projection starts from what was measured.
    .remedy = Give the value in the file, or choose a year that the series has.
OUT003 = The years of { $country } are out of order: { $first }, { $last }, { $horizon }.
    .why = Growth needs two years, and the horizon lies ahead of them.
    .remedy = Give a first year before the last one, and a horizon not before it.
OUT004 = { $name } of { $country } is { $value }: shares are 0 to 100 percent, populations 0 or more.
    .why = Other values are slips of the pen.
    .remedy = Correct the value.
OUT005 = There is no country or region “{ $of }” in the series.
    .why = A figure belongs to somebody.
    .remedy = Give a country’s code (BGD) or a region’s English name. The nearest is { $nearest }.
SMP001 = The file of the sample cannot be read: { $detail }.
    .why = Countries and numbers of cities are needed.
    .remedy = Write {"{"}"countries": [{"{"}"iso3", "n"{"}"}]{"}"} as docs/methods/city-sample.md shows.
SMP002 = The frame has no city.
    .why = A sample is drawn from a list.
    .remedy = Look at the code of the country and the rule of the frame.
SMP003 = { $n } cities cannot be drawn: the strata need { $least } at least and have { $most }.
    .why = With fewer than two cities a stratum has no error.
    .remedy = Ask for a number between the two, or join classes.
SMP004 = “{ $value }” is no way of dividing a sample.
    .why = How a sample is divided decides its weights.
    .remedy = Choose one of: { $known }.
SMP005 = The city { $city } has no population.
    .why = Its size decides its stratum and its weight.
    .remedy = Give its population, or leave it out of the frame.
SMP006 = “{ $value }” is no class of sizes.
    .why = Every city belongs to one class.
    .remedy = Write 50-100k, 0.5-1M, 5M+.
SMP007 = No city of the stratum “{ $stratum }” has a value.
    .why = Other cities cannot stand for a stratum of which nothing is known.
    .remedy = Give values for at least one of its cities, those in reserve among them, or draw again with larger strata.
SVY001 = The question cannot be read: { $detail }.
    .why = A question that is half understood would be answered wrongly.
    .remedy = Give every case `id`, `data`, `design` and `statistic`, with the names that docs/methods/survey-estimation.md lists.
SVY002 = { $file } has no variable “{ $name }”.
    .why = Nothing can be estimated from a variable that is not there.
    .remedy = { $near ->
        [yes] Did you mean “{ $nearest }”? Capitals count.
       *[no] Look at the header of the file; capitals count.
    }
SVY003 = The condition “{ $text }” cannot be read at character { $at }; expected: { $expected }.
    .why = A condition that is guessed would choose other rows than you meant.
    .remedy = Write it like urbrur == 2 & rooms > 1; put texts in quotation marks.
SVY004 = “{ $name }” in { $file } holds texts where numbers are needed.
    .why = A mean of texts has no meaning.
    .remedy = Ask for its categories (categorical), or compare it with a text in quotation marks.
SVY005 = The design names no weights for { $file }.
    .why = Without weights every row would stand for as many as any other, which few samples allow.
    .remedy = Name the column of the weights, or say from_fpc and give the size of the population at every stage.
SVY006 = The weight “{ $name }” in row { $row } of { $file } is “{ $value }”.
    .why = A row without a weight stands for nobody knows how many.
    .remedy = Give every row a weight of zero or more; leave rows out beforehand that were not interviewed.
SVY007 = The unit “{ $unit }” of “{ $name }” lies in two strata of “{ $strata }”: “{ $first }”, and “{ $second }” in row { $row } of { $file }.
    .why = A unit is drawn in one stratum; counted in two, the error comes out wrong.
    .remedy = If labels restart in each stratum, say nest; otherwise mend the label or the stratum.
SVY008 = The stratum “{ $stratum }” of “{ $name }” has one sampled unit (row { $row } of { $file }).
    .why = How much units differ cannot be seen from one, so the error would be too small.
    .remedy = Choose a rule and state it: remove, certainty, adjust or average; or join the stratum with one that is like it.
SVY009 = The size of the population “{ $name }” in row { $row } of { $file } is missing, not above zero, or another one than before in its stratum.
    .why = A stratum has one size.
    .remedy = Write the same number in all rows of a stratum, or the sampling fraction.
SVY010 = { $n } units were sampled where “{ $name }” says that there are { $population } (row { $row } of { $file }).
    .why = More cannot be sampled than there are.
    .remedy = Look whether “{ $name }” counts the units that were drawn, and whether labels of units restart.
SVY011 = No row of { $file } has weight and a value in the domain “{ $domain }”.
    .why = There is nothing to estimate from.
    .remedy = Look at the condition and at the codes of its variables.
SVY012 = The replicate weights of { $file } do not fit: { $detail }.
    .why = Each replicate repeats the estimate with all rows; one that is missing somewhere makes another estimate.
    .remedy = Give a column of numbers for each replicate, as many factors as columns, and the file in the order of the data.
SVY013 = “{ $value }” is no value of { $name }.
    .why = An option that is passed over changes the result without a word.
    .remedy = Choose one of: { $known }.
SVY014 = “{ $name }” is empty in row { $row } of { $file }.
    .why = A row whose stratum or cluster is not known has no place in the design.
    .remedy = Fill it in, or leave the row out beforehand and say so.
SVY015 = There is no file “{ $file }” in { $folders }.
    .why = A case needs its data.
    .remedy = Put the file there, or name its folder with --data-dir.
SVY016 = { $left } and { $right } cannot be joined by “{ $key }” ({ $detail }).
    .why = Each row needs exactly one row of the other file.
    .remedy = Name a column that both have and that comes once for each row on the right.
SVY017 = “{ $words }” is not understood for { $file }.
    .why = Rows that are left out change every result.
    .remedy = Write: FILE without COLUMN VALUE except COLUMN VALUE.
SVY018 = “{ $file }” cannot be read: { $detail }.
    .why = A case needs its data.
    .remedy = Allow this program to read the file, and see that it is whole.
SVY019 = { $file } has { $size } MB; files of its kind are read whole, up to { $limit } MB.
    .why = A file that does not fit into memory would end the program in the middle.
    .remedy = Save it as Parquet, which is gone through part by part, or leave out variables that are not needed.
SVY020 = Replicate weights of type { $type } cannot be made from the design of { $file }: { $reason ->
        [lonely] strata with one unit are treated by a rule that replicates cannot repeat
        [number] fewer than two replicates are asked for
        [rho] rho must be 0 or above, and below 1
        [size] { $n } replicates of so many rows are more numbers than are held; { $most } are possible
        [stages] the units of a second stage add to the error, and replicates repeat the first stage alone
        [strata] there are { $n } strata
        [two] the stratum “{ $stratum }” (row { $row }) has { $n } units, not two
       *[units] no stratum has two units
    }
    .why = Replicates that do not repeat the design give another error than it has.
    .remedy = JKn takes strata with any number of units from two; JK1 is for a sample without strata, BRR and Fay for two units in each. Leave fpc out of a sample in stages, for an error that is a little too large.
SVY021 = “{ $value }” of “{ $name }” in row { $row } of { $file } is in none of the totals.
    .why = Every row must belong to a part of the population whose size is known.
    .remedy = Give its total, or join it with another part; values of several variables are joined by a full stop.
SVY022 = The totals give “{ $name }” people, and no row of { $file } with a weight belongs to it.
    .why = Nobody of the sample can stand for them.
    .remedy = Correct the name, or join this part with another one.
SVY023 = The weights of { $file } cannot be brought to the totals: after { $n } rounds “{ $name }” is still { $off } percent away.
    .why = Weights that miss a total that is known would be called calibrated and are not.
    .remedy = Look whether totals contradict each other; join small parts, widen the bounds, or allow a larger tolerance.
SVY024 = “{ $name }”, which the weights are calibrated by, is empty in row { $row } of { $file }.
    .why = A row that belongs to no part of the population cannot be brought to its size.
    .remedy = Fill it in, give what is missing a value of its own with a total, or leave the row out.
SVY025 = The totals of “{ $name }” add up to { $sum }, those of “{ $other }” to { $first }.
    .why = A population has one size.
    .remedy = Take all totals from one source and one day; for rounded ones give a tolerance.
SVY026 = The total of “{ $name }” is { $value }.
    .why = The size of a part of the population is a number of 0 or above.
    .remedy = Correct it.
SVY027 = { $n } weights of { $file } are below zero after calibration, and quantiles have no meaning with such weights.
    .why = A share that falls while values rise has no place where it is reached.
    .remedy = Calibrate with bounds, or by raking, which keep weights above zero.
SVY040 = The rule { $rule } needs { $concepts }, which the codebook of this survey does not have.
    .why = A condition about something that was not asked has no answer.
    .remedy = Name the variable in the codebook, or choose a rule set without it.
SVY041 = Rules need each other in a circle: { $rules }.
    .why = A rule that rests on itself has no value.
    .remedy = Write one of them in terms of concepts alone.
SVY042 = { $name } is not known here. There are: { $known }.
    .why = A name that is nearly right would measure something else.
    .remedy = Choose one of those that there are.
SVY043 = These figures would give a small group away: { $group }.
    .why = Together with what is published already somebody could work out figures of a few people.
    .remedy = Break them down less, or take back what was published from this survey.
category-borehole = Borehole
category-bottled = Bottled water
category-bucket = Bucket
category-cart = Cart
category-charcoal = Charcoal or coal
category-city = City
category-composting = Composting toilet
category-electricity = Electricity
category-female = Female
category-finished = Permanent material
category-flush_elsewhere = Flush to elsewhere
category-flush_pit = Flush to pit
category-flush_septic = Flush to septic tank
category-flush_sewer = Flush to sewer
category-free = Free of rent
category-gas = Gas
category-hanging = Hanging toilet
category-kerosene = Kerosene
category-male = Male
category-natural = Natural material
category-no = No
category-none = None
category-occupied = Occupied without permission
category-other = Other
category-owner = Owner
category-piped_dwelling = Piped into the dwelling
category-piped_neighbour = Piped to a neighbour
category-piped_yard = Piped into the yard
category-pit_open = Open pit
category-pit_slab = Pit with slab
category-protected_spring = Protected spring
category-protected_well = Protected well
category-public_tap = Public tap
category-rainwater = Rainwater
category-rudimentary = Makeshift material
category-rural = Rural
category-rural_area = Rural area
category-solar = Solar
category-surface = Surface water
category-tanker = Tanker truck
category-tenant = Tenant
category-town = Town or semi-dense area
category-unprotected_spring = Unprotected spring
category-unprotected_well = Unprotected well
category-urban = Urban
category-ventilated_pit = Ventilated pit
category-wood = Wood, straw or dung
category-yes = Yes
concept-age = Age
concept-cooking_fuel = Cooking fuel
concept-degree_of_urbanisation = Degree of urbanisation
concept-disability = Disability
concept-electricity = Electricity
concept-floor = Floor
concept-household = Household
concept-housing_cost = Housing cost
concept-income = Income
concept-person_weight = Weight of persons
concept-persons = Persons
concept-place = Place
concept-psu = Primary sampling unit
concept-roof = Roof
concept-rooms = Rooms
concept-sanitation = Sanitation
concept-sex = Sex
concept-shared_sanitation = Shared sanitation
concept-sleeping_rooms = Rooms for sleeping
concept-stratum = Stratum
concept-tenure = Tenure
concept-tenure_document = Document of tenure
concept-urban = Urban or rural
concept-wall = Walls
concept-water = Water source
concept-wealth = Fifth by wealth
concept-weight = Weight
space-word-definition = { $definition ->
        [administrative] { list-boundary-definition-administrative }
        [built_up] { list-boundary-definition-built-up }
        [degree_of_urbanisation] { list-boundary-definition-degree-of-urbanisation }
        [functional] { list-boundary-definition-functional }
        [settlement] { list-boundary-definition-settlement }
        [statistical] { list-boundary-definition-statistical }
       *[other] { $definition }
    }
space-word-role = { $role ->
        [area] “{ space-role-area }”
        [built] “{ space-role-built }”
        [built_later] “{ space-role-built-later }”
        [case] “{ space-role-case }”
        [gtfs] “{ space-role-gtfs }”
        [land] “{ space-role-land }”
        [open_space] “{ space-role-open-space }”
        [osm] “{ space-role-osm }”
        [population] “{ space-role-population }”
        [gates] “{ space-role-gates }”
        [paratransit] “{ space-role-paratransit }”
        [places] “{ space-role-places }”
        [population_later] “{ space-role-population-later }”
        [stops] “{ space-role-stops }”
        [place] “{ page-place }”
       *[other] { $role }
    }
space-word-state = { $state ->
        [cancelled] { job-state-cancelled }
        [done] { job-state-done }
        [failed] { job-state-failed }
        [interrupted] { job-state-interrupted }
        [running] { job-state-running }
        [waiting] { job-state-waiting }
       *[other] { $state }
    }
space-word-unit = { $unit ->
        [km2] km²
        *[m2] m²
    }
survey-flag-cv_above_20 = error above 20 percent of the estimate
survey-flag-cv_above_30 = error above 30 percent of the estimate
survey-flag-cv_above_limit = error above the limit for publication
survey-flag-cv_above_warning = error above the limit for a warning
survey-flag-few_degrees_of_freedom = fewer than 8 degrees of freedom
survey-flag-few_rows = fewer than 25 rows
survey-flag-lonely_strata = strata with one sampled unit
survey-flag-no_estimate = no estimate
survey-flag-no_standard_error = no standard error
survey-flag-outside_range = interval beyond possible values
survey-flag-replicates_lost = replicates without an estimate
survey-flag-rows_25_to_49 = 25 to 49 rows
survey-flag-rows_below_limit = too few rows for publication
survey-flag-rows_missing = rows with missing answers
survey-flag-withheld = withheld
