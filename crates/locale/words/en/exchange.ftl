XCH001 = The file { $file } is empty.
    .why = An empty file changes nothing; more likely its content was lost on the way.
    .remedy = Save the file again and check its size before you send it.
XCH002 = The file { $file } is not a table: it seems to be { $found ->
        [sevenzip] a compressed archive ({ $format })
        [binary] binary data
        [bzip2] a compressed file ({ $format })
        [gzip] a compressed file ({ $format })
        [html] a web page (HTML)
        [ole] a document of an old office program
        [program] a program
        [rar] a compressed archive ({ $format })
        [xz] a compressed file ({ $format })
        [zip] a compressed archive ({ $format })
       *[other] a file of the format { $format }
    }.
    .why = The content decides, not the name: a file that is only called a table cannot be read as one.
    .remedy = Open it in the program it comes from and save it as an Excel workbook (.xlsx) or as CSV in UTF-8.
XCH003 = The workbook { $file } is protected by a password.
    .why = Nothing in it can be read without the password, and no password should be given to another program.
    .remedy = Open it, remove the password under "Protect workbook, encrypt", and save it again.
XCH004 = The file { $file } is damaged: { $detail }.
    .why = What stands behind the damaged place cannot be trusted, so it was not read.
    .remedy = Open the file in a spreadsheet program, let it repair the file, and save it under a new name.
XCH005 = The file { $file } has { $size_mb } MB but unpacks to more than { $limit_mb } MB.
    .why = A small file that unpacks to an enormous one can bring a server to its knees.
    .remedy = Remove pictures and empty formatted rows, or send the data as CSV.
XCH006 = { $n ->
        [one] The file { $file } has one part; the limit is { $limit }.
       *[other] The file { $file } has { $n } parts; the limit is { $limit }.
    }
    .why = A workbook has a few dozen parts; thousands of them are a mistake or an attack.
    .remedy = Copy the data into a new workbook and save that.
XCH007 = The file { $file } follows version { $found } of the tables; this program knows version { $known }.
    .why = In { $age ->
        [newer] a newer version
       *[older] an older version
    } the same column may mean something else, so nothing was read.
    .remedy = { $age ->
        [newer] Update the program, or take a fresh template from this one.
       *[older] Take a fresh template and copy the values over.
    }
XCH008 = The sheet “{ $sheet }” is none of ours and was passed over.
    .why = A sheet under a mistaken name would be lost without a word.
    .remedy = { $near ->
        [yes] If it is meant to be “{ $nearest }”, give it that name.
       *[no] Nothing to do if it is your own; otherwise give it the name of a sheet of the template.
    }
XCH009 = The sheet “{ $sheet }” is hidden and was read.
    .why = Whoever looks at the workbook does not see these rows.
    .remedy = Show the sheet, or delete it if its rows are not meant.
XCH010 = No sheet of { $file } has the name of a table.
    .why = The sheet’s name tells which records stand on it.
    .remedy = Name the sheets as in the template, for example “results” or “indicators”.
XCH011 = Neither the name nor the header of { $file } tells which table it is.
    .why = Rows read into the wrong table would do harm.
    .remedy = { $near ->
        [yes] If it is meant to be “{ $nearest }”, name the file { $nearest }.csv.
       *[no] Name the file after its table, for example results.csv, and give it the header of the template.
    }
XCH012 = { $file } does not say how its letters are encoded; { $encoding } was assumed.
    .why = Under a wrong encoding, names with accents and all non-Latin scripts turn into other signs.
    .remedy = Check a few names in the preview; if they are wrong, save the file as “CSV UTF-8”.
XCH013 = The bytes of { $file } do not fit the encoding { $encoding } that it declares.
    .why = Some letters were lost or changed before the file came here.
    .remedy = Save the file again as “CSV UTF-8” from the program that made it.
XCH014 = { $file } is no table and was passed over.
    .why = A folder may hold notes for people beside its tables.
    .remedy = Nothing to do; give it the ending .csv if it is a table.
XCH015 = The description { $file } cannot be read: { $detail }.
    .why = Without it the encoding and the tables of the files are guessed from the files themselves.
    .remedy = Correct the file, or remove it.
XCH016 = { $n ->
        [one] There is one finding; { $kept } of them are kept one by one.
       *[other] There are { $n } findings; { $kept } of them are kept one by one.
    }
    .why = So many findings mostly have a few causes, such as one wrong column.
    .remedy = Mend the first ones and read the file again.
XCH020 = The sheet “{ $sheet }” has no header in its first row.
    .why = Columns are known by their names, never by their position.
    .remedy = Put the names of the columns into the first row, as in the template.
XCH021 = The column “{ $column }” comes twice; it first stands at { $first }.
    .why = Nobody can tell which of the two is meant.
    .remedy = Delete one of them or give it another name.
XCH022 = Column { $column } has values, such as the one in { $cell }, but no name.
    .why = Values without a column name belong nowhere.
    .remedy = Give the column a name, or delete its values.
XCH023 = The column “{ $column }” is none of the table “{ $sheet }” and was left out.
    .why = A column under a mistaken name would be lost without a word.
    .remedy = { $near ->
        [yes] Did you mean “{ $nearest }”?
       *[no] Nothing to do if it is your own; otherwise use the name that the template has.
    }
XCH024 = The column “{ $column }” is missing in the table “{ $sheet }”.
    .why = Every row needs it, so no row could be taken.
    .remedy = Add the column and fill it, or take the template.
XCH025 = { $n ->
        [one] “{ $sheet }” has one column; the limit is { $limit }.
       *[other] “{ $sheet }” has { $n } columns; the limit is { $limit }.
    }
    .why = No table has so many; mostly rows and columns were exchanged, or the separator is another one.
    .remedy = Write one record in each row, with the columns of the template.
XCH026 = { $n ->
        [one] “{ $sheet }” has one row; the limit is { $limit }.
       *[other] “{ $sheet }” has { $n } rows or more; the limit is { $limit }.
    }
    .why = Beyond the limit a reading would take all memory.
    .remedy = Split the file and send its parts one after another.
XCH030 = The cells { $range } of the sheet “{ $sheet }” are merged.
    .why = Of merged cells only the first has a value; the others are empty although they look filled.
    .remedy = Unmerge the cells and fill each of them.
XCH031 = A formula stands in the column “{ $column }”; its last result { $value } was read.
    .why = The result may be out of date, and the formula itself is not kept.
    .remedy = Replace formulas by their values (copy, paste values).
XCH032 = A formula in the column “{ $column }” has no result.
    .why = A program wrote the formula without computing it, so there is no value.
    .remedy = Open the workbook in a spreadsheet program, let it compute, and save it.
XCH033 = The cell shows the error { $value } instead of a value for “{ $column }”.
    .why = An error is not a value and not an empty cell.
    .remedy = Mend the formula, or leave the cell empty and give a status where the table has one.
XCH034 = Values of the column “{ $column }” begin or end with blanks, which were removed.
    .why = Two codes that differ in an unseen blank are two codes.
    .remedy = Nothing to do; clean the source if it will be sent again.
XCH035 = Numbers of the column “{ $column }” are stored as text and were read as numbers.
    .why = In the spreadsheet itself such cells are left out of every sum.
    .remedy = Convert the column to numbers.
XCH036 = { $n_cells ->
        [one] Row { $row } has one cell; the header has { $n_columns }.
       *[other] Row { $row } has { $n_cells } cells; the header has { $n_columns }.
    }
    .why = With a cell too few or too many, every value after it stands in the wrong column.
    .remedy = Put texts that hold the separator or a line break into quotation marks, and write every cell, also empty ones.
XCH037 = A quotation mark in row { $row } is never closed.
    .why = Everything after it was taken for one cell.
    .remedy = Close the mark, or double it if it belongs to the text.
XCH038 = { $n ->
        [one] One hidden row of the sheet “{ $sheet }” was read.
       *[other] { $n } hidden rows of the sheet “{ $sheet }” were read.
    }
    .why = Whoever looks at the sheet does not see these rows; a filter may have hidden them.
    .remedy = Show all rows and check that they are meant.
XCH040 = “{ $value }” is not { $expected ->
        [breakdown] a breakdown such as sex=female;age=15-24
        [code] a code: codes have no blanks
        [currency] a currency code of three letters such as USD
        [date] a day such as 2026-03-01
        [number] a number
        [period] a period such as 2026, 2026-S1, 2026-Q2, 2026-03 or 2014/2015
        [whole] a whole number
       *[yes-no] true or false
    } (column “{ $column }”).
    .why = A value of another type cannot be compared, added or found.
    .remedy = { $expected ->
        [date] Write the day as year-month-day, or format the cell as a date.
        [number] Write digits only, with a point or a comma for decimals and no unit.
        [whole] Write digits only, without decimals and unit.
       *[other] Write the value in the form shown in the template.
    }
XCH041 = “{ $value }” is not in the list of “{ $column }”.
    .why = Only codes of the list are understood everywhere alike.
    .remedy = { $near ->
        [yes] Did you mean “{ $nearest }”? The list has: { $allowed }.
       *[no] Use one of: { $allowed }.
    }
XCH042 = { $value } in the column “{ $column }” lies outside of { $low } to { $high }.
    .why = Such a value is mostly a slip of a digit or a value of another column.
    .remedy = Check the value against its source.
XCH043 = A text in the column “{ $column }” is longer than { $longest } characters.
    .why = It would be cut when the table is opened in a spreadsheet.
    .remedy = Shorten the text, or put it into a document and refer to that.
XCH044 = “{ $value }” in the column “{ $column }” can be read as two numbers.
    .why = The comma may part thousands or decimals; the two readings differ by a factor of a thousand.
    .remedy = Write decimals with a point, and thousands without any sign.
XCH045 = The cell of “{ $column }” is empty, and it must be filled.
    .why = Without it the record cannot be told from others or cannot be used.
    .remedy = Fill the cell, or delete the whole row.
XCH046 = The list in “{ $column }” names { $code } twice: { $value }.
    .why = A list counts each code once; a repetition is mostly a slip for another code.
    .remedy = Delete the repetition, or put the code that was meant.
XCH047 = A value of “{ $column }” holds a control character.
    .why = Such a character cannot be seen and cannot be written to XML, CSV or JSON.
    .remedy = Type the value anew, or paste it as plain text.
XCH048 = The value of “{ $column }” cannot be kept.
    .why = It belongs to an amount that is missing or too large, so it would be lost without a word.
    .remedy = Fill amount and currency together, and check the amount.
XCH049 = The amount in “{ $column }” was rounded to the smallest unit of its currency.
    .why = Money is kept in whole minor units, such as cents.
    .remedy = Nothing to do if the rounding is meant; otherwise check amount and currency.
XCH050 = Row { $row } has the same key as row { $first_row } of “{ $first_sheet }”: { $key }.
    .why = Two rows for one record contradict each other or repeat each other; neither was taken.
    .remedy = Keep one of the two rows, or correct the key of one.
XCH051 = The file { $file } is damaged: { $detail }.
    .why = A file of a statistics program says what follows at every place; where that does not hold, no value after it can be trusted.
    .remedy = Copy or save the file again, whole, or save it as CSV.
XCH052 = “{ $file }” has no table of submissions, or more than one ({ $tables }).
    .why = An export of forms is one table of submissions with its repeats; of several nobody can tell which rows belong together.
    .remedy = Give the tables of one form at a time: FORM.csv with its FORM-….csv, or the workbook as it was exported; of another workbook one sheet.
XCH053 = “{ $file }” has several repeats: { $repeats }.
    .why = A survey has households and persons; which repeat lists the persons only you know.
    .remedy = Name one of them as the repeat, or “none” when a row is to be a submission.
XCH054 = There is no repeat “{ $repeat }” in “{ $file }”.
    .why = Rows of persons are taken from the repeat that is named.
    .remedy = Name one of these: { $repeats }.
XCH055 = Row { $row } of “{ $table }” has the same key as row { $first_row }: { $key }.
    .why = A submission that is counted twice weighs twice.
    .remedy = Keep the later of the two, with its rows in the repeats, and load the export again.
XCH056 = Row { $row } of “{ $table }” belongs to { $key }, which is not there.
    .why = A person without a household has no weight, and leaving it out would hide it.
    .remedy = Export submissions and repeats together, with the same filter, or delete the row.
XCH057 = The form “{ $form }” knows none of the columns of “{ $file }”.
    .why = Labels of another form would give answers a wrong meaning.
    .remedy = Give the form that the data were collected with, or load the export without a form.
XCH058 = “{ $file }” is no form: it has no sheet “survey” with a column “type”.
    .why = A form (XLSForm) lists its questions there.
    .remedy = Save the form as XLSX with the sheets survey, choices and settings.
