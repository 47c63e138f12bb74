# What is found in Parquet files of observations that other programs wrote.

XCH300 = The file { $file } is empty.
    .why = It holds no bytes, so there is nothing to read.
    .remedy = Write the file again; an empty file often means that a download or an export broke off.
XCH301 = The file { $file } is not a Parquet file: { $found ->
        [html] it is a web page
        [zip] it is a ZIP archive or a workbook
        [arrow] it is an Arrow or Feather file
        [sqlite] it is an SQLite database
        [pdf] it is a PDF document
        [gzip] it is packed with gzip
        [text] it is text, perhaps CSV
       *[other] its first bytes are of another format
    }.
    .why = The name says Parquet, but the content decides how it is read.
    .remedy = { $found ->
        [html] Download the file again; a web page under its name is often a sign-in page or an error message.
        [zip] Give the file its own ending, .xlsx for a workbook, or unpack the archive first.
        [gzip] Unpack the file first.
        [text] If it is CSV, give it the ending .csv.
       *[other] Write the table as Parquet again, or as CSV or XLSX.
    }
XCH302 = The file { $file } breaks off: it begins as Parquet, but its end is missing.
    .why = A Parquet file says at its end where everything is; without it no row can be read.
    .remedy = Copy or download the file again, whole.
XCH303 = The file { $file } is encrypted.
    .why = Nothing can be read without its key, and this program takes no keys.
    .remedy = Write the file again without encryption.
XCH304 = The file { $file } is damaged ({ $detail }).
    .why = What it says about itself does not fit what it holds, so no row of it can be trusted.
    .remedy = Copy or write the file again.
XCH305 = The file { $file } is too large: { $what ->
        [rows] { $n } rows, the limit is { $limit }
        [columns] { $n } columns, the limit is { $limit }
       *[bytes] { $n } bytes when unpacked, the limit is { $limit }
    }.
    .why = A file beyond the limit could use up the memory of the server for everybody.
    .remedy = Split the file, or leave out what is not needed.
XCH306 = The file { $file } is compressed with { $codec }, which this program does not read.
    .why = Its values cannot be unpacked.
    .remedy = Write the file with the compression Snappy or without compression.
XCH307 = The column { $column } is missing.
    .why = Without it nobody knows what the values are about, so no row can be taken.
    .remedy = Add the column { $column }.
XCH308 = The column { $column } is unknown and was passed over.
    .why = Its values will not be kept.
    .remedy = { $near ->
        [yes] Rename it if { $nearest } is meant; otherwise leave it out.
       *[no] Leave it out, or rename it to the column that is meant.
    }
XCH309 = The column { $column } is there twice.
    .why = Nobody could tell which of the two holds.
    .remedy = Keep one of the two.
XCH310 = The column { $column } holds values of the type { $found }, which cannot be read as one value a row.
    .why = A cell holds one text, number or day; lists, structures and bytes have no place in it.
    .remedy = Write the column as text, number or date.
XCH311 = “{ $value }” in { $column }, row { $row }, is not { $expected ->
        [number] a number
        [whole] a whole number
        [date] a date
        [period] a period
        [breakdown] a breakdown
       *[code] a code
    }.
    .why = A value of another kind cannot be computed with or compared.
    .remedy = { $expected ->
        [number] Write digits with a point, e.g. 1234.5, without unit or words.
        [whole] Write a whole number, e.g. 12.
        [date] Write year-month-day, e.g. 2016-06-30, as text or as a date without time.
        [period] Write 2016, 2016-S1, 2016-Q2, 2016-03 or 2014/2015.
        [breakdown] Write dimension and category, e.g. sex=female;age=15-24.
       *[code] Write the code without blanks.
    }
XCH312 = “{ $value }” in { $column }, row { $row }, is none of the codes.
    .why = A code that nobody defined would drop out of every figure.
    .remedy = { $near ->
        [yes] Write { $nearest } if that is meant; allowed are { $allowed }.
       *[no] Allowed are { $allowed }.
    }
XCH313 = { $value } in { $column }, row { $row }, lies outside of { $low } to { $high }.
    .why = Such a value cannot be; it is most likely a slip.
    .remedy = Correct the number.
XCH314 = The text in { $column }, row { $row }, is too long.
    .why = It would not fit into a cell when the data are written as a workbook; the longest has { $longest } characters.
    .remedy = Shorten it, or put it into a document and name that as evidence.
XCH315 = “{ $value }” in { $column }, row { $row }, can be read as two different numbers.
    .why = The comma may part thousands or decimals, and the two differ a thousandfold.
    .remedy = Write the number without a comma, with a point before the decimals.
XCH316 = { $column } is empty in row { $row }.
    .why = It is part of what tells one observation from another.
    .remedy = Fill in the value, or leave out the row.
XCH317 = The text in { $column }, row { $row }, holds a control character.
    .why = Such characters are invisible and break XML, CSV and JSON.
    .remedy = Remove the character; it often comes from copying out of a PDF.
XCH318 = { $value } in { $column }, row { $row }, is too large to be kept exactly.
    .why = Whole numbers beyond 9,007,199,254,740,992 would be changed without a word.
    .remedy = Use a larger unit, such as millions.
XCH319 = The observation { $key } in row { $row } is already in row { $first }.
    .why = Nobody could tell which of the two values holds; the first was taken.
    .remedy = Keep one of the two rows.
XCH320 = { $n ->
        [one] One more finding is not shown.
       *[other] { $n } more findings are not shown.
    }
    .why = After so many, one cause most likely lies behind them all.
    .remedy = Correct what is shown and read the file again.
