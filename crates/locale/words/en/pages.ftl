job-stage-classify = Classifying cells
job-stage-network = Building the street network
job-stage-open-space = Open space
job-stage-reading = Reading
job-stage-tables = Reading tables
job-stage-units = Counting people within boundaries
job-stage-waiting = Another computation goes first
job-stage-writing = Writing
job-stage-zones = Summing within boundaries
page-about = About
page-about-api = The same figures as JSON, read-only:
page-about-changed = Changed at
page-about-data = Data for programs
page-about-fingerprint = Fingerprint
page-about-lead = Ekistics holds a settlements programme's plans as data, checks them as a compiler checks a program, follows results to their targets, and lets every figure explain itself.
page-about-method = A status compares the latest figure with the value expected on the straight path from the baseline through the milestones to the target. It is computed, never chosen by the reporter; a person's judgement may stand beside it.
page-about-observations = Observations
page-about-position = Last change
page-about-records = Records
page-about-state = State of the register
page-about-statuses = What the statuses mean
page-about-version = Version
page-added = Added
page-address = Address of this figure:
page-all = All
page-all-codes = All codes
page-all-duties = { $n ->
        [one] See the one thing that is due
       *[other] See all { $n } things that are due
    }
page-all-findings = See all findings, why they matter and what to do
page-all-findings-csv = All findings (CSV)
page-all-observations = { $n ->
        [one] See the one observation
       *[other] See all { $n } observations
    }
page-all-of-code = { $n ->
        [one] See the one finding of this code
       *[other] See all { $n } findings of this code
    }
page-all-places = All places of this scope
page-any = Any
page-as-of-label = As known at the end of
page-as-xlsx = This table as XLSX
page-author = Who takes the responsibility
page-bad-day = The day { $day } cannot be read.
    .remedy = Write it as year-month-day, such as 2018-06-30.
page-bad-period = The period { $period } cannot be read.
    .remedy = Write a year (2016), a half-year (2016-S1), a quarter (2016-Q2), a month (2016-03) or a span of years (2014/2015).
page-baseline = Baseline
page-below = Results below
page-bodies = Bodies
page-bodies-counted = Bodies counted, each once
page-bodies-note = A body that several projects claim is counted once.
page-body = Body
page-by-kind = By kind of record
page-came-from = Came from
page-cancel = Cancel
page-cell = Cell
page-cell-details = Details of the cell
page-cell-refused = refused
page-cell-saved = saved
page-cell-unsaved = unsaved
page-change = Change
page-change-n = Change { $n }
page-changed = Changed
page-changes-lead = Everything that was ever written, newest first. Nothing is deleted: an undone change stays here beside the one that undid it.
page-chart-desc = Values by period with their intervals, and the path from the baseline to the target. The table below holds the same figures.
page-check-everything = What the checker says about everything
page-check-says = What the checker says
page-claimed-by = Claimed by
page-closed = closed period
page-code = Code
page-codes-lead = Every finding has a code that never changes its meaning. Each code says what it finds, why it matters and what to do.
page-column = Column
page-comment = Comment
page-comment-all = Comment on these values
page-complete = { $reported } of { $expected } reported, { $estimated } estimated
page-completeness = Completeness
page-confirm = Confirm
page-confirm-do = Write these changes
page-confirm-note = Nothing has been written yet. All of it is written together, or nothing; one click takes it back.
page-corrections = Refused rows as a workbook to correct (XLSX)
page-criteria = Is it a good indicator? SMART and selection criteria
page-criterion = Criterion
page-cycle = Plan cycles
page-day = Statuses are computed for { $on }, not for today.
page-day-back = Show today
page-definition = Definition
page-doc-english = The full documentation is in English.
page-due = What is due
page-due-from = From whom
page-due-on = Due on
page-due-what = What
page-duties-note = Derived from the cadences of indicators, mandates, evaluations, tasks and outputs; never typed.
page-duties-open = Open
page-effect = What this does to the findings
page-enter-for = Enter values
page-entry-help = Type a number in a cell and save. Empty cells stay empty: a missing figure is not a zero.
page-entry-keys = Arrow keys move, Enter and Tab take the value, F2 edits, Esc takes the typing back, Ctrl+V pastes a block copied from a spreadsheet, Shift+F2 opens comment, status and evidence, Ctrl+S saves.
page-entry-lead = Enter observed values. They pass the same checks as an import, and one click takes them back.
page-entry-none = Nothing can be entered for this choice. Choose another plan, indicator or place.
page-entry-offline = The server cannot be reached. Your typing is kept; try again.
page-entry-reason = Values entered by hand
page-evidence = Evidence
page-expected = Expected on the path:
page-explain = Explain this figure
page-export-all = All records as a workbook (XLSX)
page-f-cadence = Cadence
page-f-definition = What is measured
page-f-denominator = Denominator or weight
page-f-dimensions = Broken down by
page-f-direction = Direction
page-f-frameworks = Global frameworks
page-f-measure = Measure
page-f-numerator = Numerator
page-f-owner = Answers for it
page-f-reporting = Reported values
page-f-source = Source of data
page-f-unit = Unit
page-f-verification = Means of verification
page-f-world = The same in the world
page-fail-bad = The request cannot be understood.
    .remedy = Go back and try again from the page's own buttons.
page-fail-busy = Another program is writing to the register.
    .remedy = Try again in a moment.
page-fail-cannot-confirm = This import cannot be confirmed: it has errors, or it changes nothing.
    .remedy = Correct the file and import it again.
page-fail-expired = This import was prepared too long ago. Nothing was written.
    .remedy = Upload the file again.
page-fail-home = To the overview
page-fail-host = This server does not answer to that name.
    .remedy = Open it as http://127.0.0.1 with its port, or start the server with this name allowed.
page-fail-internal = Something went wrong inside the program. Nothing was written.
    .remedy = Try again. If it happens again, tell whoever runs this server the number of the request below.
page-fail-method = This address does not take this kind of request.
    .remedy = Go back and use the page's own buttons.
page-fail-no-file = No file was chosen.
    .remedy = Go back, choose a workbook or CSV files, and try again.
page-fail-not-found = There is no such page or record.
    .remedy = Check the address, or search for the record. If you look at the past, it may not have existed yet.
page-fail-nothing-entered = No value was changed.
    .remedy = Go back and change a cell first.
page-fail-origin = Another site tried to write here; it was refused.
    .remedy = Write from the pages of this server only.
page-fail-request = Number of this request in the log:
page-fail-timeout = It took too long and was stopped.
    .remedy = Try again with a smaller selection or file.
page-fail-too-large = What was sent is too large: a form, or a file above the limit of this server.
    .remedy = Split the file, or import it with the command line, which has no such limit.
page-fail-unacceptable = It was refused, and nothing was written.
    .remedy = Go back, correct what the findings say, and try again.
page-fail-unreachable = The database of the register does not answer. Nothing is lost.
    .remedy = Try again in a moment: the server goes on by itself as soon as the database does.
page-fell-back = Not yet translated: shown in another language
page-figures = Figures
page-file-findings = What is wrong in the file
page-files = Files
page-filter = Filter
page-filter-text = Text
page-finding = Finding
page-findings = What the checker finds here
page-first-findings = First findings
page-first-shown = { $n ->
        [one] The first one is shown.
       *[other] The first { $n } are shown.
    }
page-fold-all = Fold all
page-foot = Register at change { $position }, fingerprint { $fingerprint }. The same fingerprint gives the same figures.
page-form-about = About this response
page-form-about-evaluation = About an evaluation
page-form-about-indicator = About an indicator
page-form-about-place = About a place
page-form-about-project = About a project
page-form-about-result = About a result
page-form-about-session = About a session
page-form-about-unit = About a unit of the organisation
page-form-actions = What to do next, by what it would gain
page-form-add = Add a questionnaire
page-form-add-before = after version { $version }
page-form-add-do = Add it
page-form-add-file = The file
page-form-add-found = What was found
page-form-add-lead = A questionnaire of your own stands beside those that the program brings, and is filled, scored and compared like them. Look at it before it is added.
page-form-add-look = Read it
page-form-add-note = A form (XLSForm, .xlsx) or the JSON of a questionnaire. The chapter “Questionnaires” of the guide says which columns give scores, weights and evidence.
page-form-add-refused = { $n ->
    [one] One thing must be mended first.
   *[other] { $n } things must be mended first.
}
page-form-again = Fill it in again
page-form-aggregation-arithmetic = From 0 to 100: the weighted mean of the sections.
page-form-aggregation-geometric = From 0 to 100: the weighted geometric mean of the sections, so that a weak section weighs more.
page-form-aggregation-minimum = From 0 to 100: the weakest section decides.
page-form-aggregation-none = A score for each section, and no total.
page-form-answered = Answered
page-form-answers = Answers and evidence
page-form-as-record = this response as a record
page-form-attach = Attach a photograph or a PDF
page-form-attached = Attached:
page-form-basis = Made after
page-form-before = Before
page-form-begin = Begin
page-form-below = below what is required
page-form-change = Change
page-form-comment = Add a comment
page-form-consensus-lead = { $n ->
        [one] What one respondent answered is filled in. Settle the rest together, then hand in what you agree on.
       *[other] What all { $n } respondents answered alike is filled in. Settle the rest together, then hand in what you agree on.
    }
page-form-coverage = Answered
page-form-disagree = far apart
page-form-discard = Start anew
page-form-draft-kept = Draft kept in this browser
page-form-draft-restored = Your draft is back
page-form-evidence-asked = Evidence (file, address or document), if you have it
page-form-evidence-required = Evidence (file, address or document), needed for a score
page-form-failed = It could not be handed in. Your draft is kept in this browser; try again, or sign in again.
page-form-fill-lead = Answer what you can; questions with a star are needed. You can hand it in at the end.
page-form-find-consensus = Fill in what you agree on
page-form-hand-in = Hand in
page-form-hand-in-consensus = Hand in what we agree on
page-form-if = Asked only when an earlier answer calls for it; left out otherwise.
page-form-incomplete = This response is incomplete
page-form-lead = Questionnaires judge a place, a project, an indicator or an evaluation: each shows a profile, what changed since last time, and what to do next.
page-form-level = Level
page-form-levels = Levels
page-form-loss = { $points } points of the total
page-form-mean = mean
page-form-n-filled = { $n ->
        [one] filled { $n } time
       *[other] filled { $n } times
    }
page-form-n-questions = { $n ->
        [one] { $n } question
       *[other] { $n } questions
    }
page-form-no-answer = Not answered:
page-form-no-evidence = Evidence missing:
page-form-no-results = Nobody has filled it yet.
page-form-no-score = No score yet
page-form-no-store = This browser keeps no drafts; do not close the page before you hand it in.
page-form-none-of-these = None of these
page-form-not-scored = It gathers answers and gives no score.
page-form-note = What else should be known
page-form-offline = No connection. Your draft is kept in this browser; hand it in when you are connected again.
page-form-on = Answered on
page-form-online = Connected again; you can hand it in now.
page-form-own = Your own
page-form-profile = Profile
page-form-record = its record
page-form-refused = { $n ->
        [one] Not handed in yet: { $n } answer needs a look.
       *[other] Not handed in yet: { $n } answers need a look.
    }
page-form-refused-some = Not handed in yet. These answers need a look:
page-form-required-score = Every section must reach { $score }.
page-form-respondents = Who should answer
page-form-results = Results so far
page-form-role = Who answered
page-form-role-label = In which capacity do you answer? No names.
page-form-round = Respondents
page-form-score = Score
page-form-scoring = How it scores
page-form-section = Section
page-form-sections = Scores by section
page-form-since = Since { $on }
page-form-start = Fill it in
page-form-subject = About
page-form-total = Total
page-form-unanswered = not answered
page-form-unset = Clear this answer
page-form-verdict-met = Met: every section reaches { $score }.
page-form-verdict-not-met = Not met: a section is below { $score }, whatever the total says.
page-form-verdict-open = Still open: not every section can be judged yet; each must reach { $score }.
page-form-version = Version
page-form-views = Respondents, lowest to highest
page-form-what = What it asks
page-from-stage = From stage
page-full-record = All fields of this record
page-grade = Grade
page-group = Group
page-groups = By group
page-history = History
page-how = How it was computed
page-import-files = Workbook or files
page-import-get = Get a workbook to fill
page-import-kinds = An XLSX workbook, CSV files named like the sheets, or Parquet with observations; up to 256 MB.
page-import-lead = First you see every difference: added, changed, unchanged, refused. Nothing is written until you confirm, and one click takes it back.
page-import-nothing = The file says what is already here: nothing would change.
page-import-of = Import of { $name }
page-import-refused = { $n ->
        [one] One error refuses this import.
       *[other] { $n } errors refuse this import.
    }
page-import-refused-note = Nothing was written. Correct the cells below in your file and import it again.
page-import-show = Show the differences
page-indicator = Indicator
page-indicators = Indicators
page-judgement = A person's judgement:
page-kind = Kind
page-kind-alignment = Alignments
page-kind-allotment = Allotments
page-kind-amount = Amounts
page-kind-analysis = Spatial analyses
page-kind-answer = Answers of questionnaires
page-kind-area-member = Members of functional areas
page-kind-assessment = Assessments
page-kind-assignment = Assignments
page-kind-boundary = Boundaries of places
page-kind-category = Categories
page-kind-closure = Closed periods
page-kind-codebook-entry = Codebooks of surveys
page-kind-codebook-value = Answers in codebooks
page-kind-crosswalk = Crosswalk
page-kind-definition = Definitions
page-kind-deputy = Deputies
page-kind-dimension = Dimensions
page-kind-entity = Bodies
page-kind-evaluation = Evaluations
page-kind-event = Events
page-kind-fact = Facts
page-kind-followup = Follow-ups
page-kind-fund = Funds
page-kind-grant = Roles of people
page-kind-indicator = Indicators
page-kind-investment = Investments
page-kind-judgement = Judgements
page-kind-lane = Lanes of approval
page-kind-lane-step = Steps of lanes
page-kind-level = Levels
page-kind-mandate = Mandates
page-kind-mapping = Mappings
page-kind-marker = Markers
page-kind-observation = Observations
page-kind-output = Outputs
page-kind-overlap = Overlaps
page-kind-place = Places
page-kind-plan = Plans
page-kind-project = Projects
page-kind-questionnaire = Own questionnaires
page-kind-questionnaire-item = Parts of own questionnaires
page-kind-report-line = Report lines
page-kind-response = Filled questionnaires
page-kind-result = Results
page-kind-session = Sessions
page-kind-source = Sources
page-kind-stage = Stages
page-kind-story = Stories
page-kind-survey = Surveys
page-kind-survey-indicator = Indicators over surveys
page-kind-target = Baselines and targets
page-kind-task = Tasks
page-kind-term = Terms
page-kind-unit = Units of the organisation
page-kind-waiver = Waivers
page-languages = Language
page-last-values = Last values:
page-latest = Latest
page-latest-each = Latest of each place
page-link = Link
page-map = Map
page-map-none = No country or city has a figure of this indicator.
page-map-none-here = This indicator has figures, but none of a country, a district or a city whose position is known: a map cannot show them.
page-map-none-then = No country or city has a figure for this choice. Choose another period or group above.
page-map-open = Open the map with its table and periods
page-means-achieved = The target is reached.
page-means-at-risk = Behind the path by more than the tolerance, at most three times as much.
page-means-no-baseline = Nobody recorded where it started.
page-means-no-data = Baseline and target are there, but a value that was due is missing.
page-means-no-target = Nobody recorded where it should arrive.
page-means-not-measured = A story or a distribution has no path.
page-means-not-yet-due = Nothing is due yet.
page-means-off-track = Further behind, or moving the wrong way.
page-means-on-track = Not behind the path by more than the tolerance.
page-missing = not reported
page-n-below = { $n ->
        [one] { $n } result below
       *[other] { $n } results below
    }
page-n-ended = { $n ->
        [one] One finding of the checker ends.
       *[other] { $n } findings of the checker end.
    }
page-n-errors = { $n ->
        [one] { $n } error
       *[other] { $n } errors
    }
page-n-findings = { $n ->
        [one] { $n } finding
       *[other] { $n } findings
    }
page-n-groups = { $n ->
        [one] { $n } group
       *[other] { $n } groups
    }
page-n-hits = { $n ->
        [one] { $n } record found
       *[other] { $n } records found
    }
page-n-indicators = { $n ->
        [one] { $n } indicator
       *[other] { $n } indicators
    }
page-n-more = { $n ->
        [one] and one more row
       *[other] and { $n } more rows
    }
page-n-new-findings = { $n ->
        [one] One new finding of the checker
       *[other] { $n } new findings of the checker
    }
page-n-notes = { $n ->
        [one] { $n } note
       *[other] { $n } notes
    }
page-n-observations = { $n ->
        [one] { $n } observation
       *[other] { $n } observations
    }
page-n-places = { $n ->
        [one] { $n } place
       *[other] { $n } places
    }
page-n-projects = { $n ->
        [one] { $n } project
       *[other] { $n } projects
    }
page-n-records = { $n ->
        [one] { $n } record
       *[other] { $n } records
    }
page-n-results = { $n ->
        [one] { $n } result
       *[other] { $n } results
    }
page-n-rows = { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
page-n-unsaved = Unsaved cells:
page-n-waived = { $n ->
        [one] { $n } finding is waived and stays visible
       *[other] { $n } findings are waived and stay visible
    }
page-n-warnings = { $n ->
        [one] { $n } warning
       *[other] { $n } warnings
    }
page-name = Ekistics
page-name-of = Name
page-nav = Main menu
page-nav-about = About
page-nav-changes = Changes
page-nav-codes = Codes
page-nav-entry = Enter values
page-nav-import = Import
page-nav-instruments = Questionnaires
page-nav-plans = Plans
page-nav-records = Records
page-new = New:
page-next = Next
page-no = No
page-no-changes = Nothing was written yet.
page-no-duties = Nothing is due.
page-no-figure = There is no figure yet. Enter one, or import it.
page-no-findings = The checker found nothing.
page-no-indicators = This plan has no indicators yet. Add them in the workbook and import it.
page-no-inputs = This figure stands on no observation.
page-no-measure = No indicator
page-no-records = No record of this kind matches.
page-no-results = This plan has no results yet.
page-no-sources = No source is named.
page-no-targets = No baseline and no target are recorded, so no status can be computed. Add them in the workbook.
page-none = none
page-none-match = No indicator matches the filter.
page-nothing-to-draw = There is nothing to draw yet.
page-old = Old:
page-older = Older changes
page-on-label = Statuses on the day
page-only-observations = It changed observations only; they are seen at their indicators.
page-open = Open
page-other-plans = All other plans and frameworks
page-outside-limits = Outside the limits of this indicator
page-pages = Pages
page-partial-key = Hollow: fewer than half reported
page-parts = Made of these figures
page-past = The past: everything as it was known at { $at }.
page-past-back = Back to the present
page-past-note = Nothing can be changed here.
page-path = Where it stands in the plan
page-path-key = Path from baseline to target
page-period = Period
page-periods = Periods
page-place = Place
page-places = Places
page-plan = Plan
page-plan-views = Views of this plan
page-planned = Baselines and targets
page-previous = Previous
page-probability = probability
page-probability-long = Probability of being on track: { $p }
page-programmes = Programmes, phases and strategies that carry it out
page-progress = Progress of the indicators
page-project = Project
page-projects = Projects
page-reason = Reason
page-recorded = Recorded
page-records-lead = Every record of the register, by kind, as it stands in workbooks, CSV files and the database.
page-rejected = Refused
page-related = with
page-remedy = What to do:
page-removed = removed
page-report = Progress report
page-report-html = Download as a page (HTML)
page-report-note = The downloads are self-contained and hold the same figures as the pages.
page-report-on = Progress as of { $on }
page-report-xlsx = Download as a workbook (XLSX)
page-result = Result
page-result-no-indicator = No indicator measures this result.
page-results-glance = Every result at a glance
page-row = row { $n }
page-save = Save
page-saved = Saved as
page-saving = Saving …
page-scope = Scope
page-scopes-note = The world, the places where the programme works, and what projects report stand side by side and are never mixed.
page-se = standard error
page-search-empty = Type a word, a code or a title in the field above.
page-search-for = Search: { $text }
page-search-go = Search
page-search-label = Search plans, results, indicators, places …
page-search-none = Nothing was found. Try fewer or other words; codes such as FA4 work too.
page-series = Through the plan cycles
page-series-desc = Figures of this result and of those it follows from, one plan cycle beside the other.
page-series-note = The crosswalk ties this result to its predecessors and successors; each link says how it is known.
page-severity = Severity
page-severity-error = Error
page-severity-note = Note
page-severity-warning = Warning
page-sheet = Sheet
page-show = Show
page-side-by-side = Side by side
page-since = Since
page-since-version = since version { $version }
page-skip = Skip to the content
page-source = Source
page-sources = Sources
page-stands-on = Observations it stands on
page-start = No plan yet: three steps to the first one
page-start-demo = Only looking around? { $command } fills a folder with a sample programme of five plans.
page-start-fill = Fill in at least one plan, its levels and its results
page-status = Status
page-step-check = { $n ->
        [one] See why this plan fails the checker: one error
       *[other] See why this plan fails the checker: { $n } errors
    }
page-step-import = Import the workbook: you see every difference before anything is written, and can undo it
page-step-workbook = Download its workbook and add baselines and targets
page-steps = New here? Three steps
page-stop = .
page-stories = Stories
page-taken-back = Taken back by
page-takes-back = Takes back
page-target = Target
page-template = Empty workbook with instructions (XLSX)
page-to-stage = To stage
page-total = Total
page-tracking-caption = Actual value and percentage of the way from baseline to target, by period. Every figure opens into its explanation.
page-tracking-xlsx = Tracking table (XLSX)
page-transitions = Moves between stages in the last two periods
page-trend = Trend
page-unchanged = Unchanged
page-undo = Undo this change
page-undo-do = Take back change { $n }
page-undo-note = A new change puts everything back as it was before. Both stay in the history.
page-undo-reason = Takes back change { $n }
page-undoes = takes back change { $n }
page-undone-by = taken back by change { $n }
page-unfold-all = Unfold all
page-unit-authority = authorities
page-unit-city = cities
page-unit-country = countries
page-unit-day = days
page-unit-days = days
page-unit-download = downloads
page-unit-graded = graded answer
page-unit-home = homes
page-unit-hour = hours
page-unit-household = households
page-unit-index = index
page-unit-index-0-1 = 0 to 1
page-unit-institution = institutions
page-unit-kg-usd = kg per US dollar
page-unit-km-km2 = km per km²
page-unit-km-million = km per million people
page-unit-kwh-person = kWh per person
page-unit-m2-person = m² per person
page-unit-mbps = Mbit/s
page-unit-minute = minutes
page-unit-minutes = minutes
page-unit-musd-km2 = million US dollars (PPP) per km²
page-unit-number = number
page-unit-observatory = observatories
page-unit-partner = partners
page-unit-people-km2 = people per km²
page-unit-per-1000 = per 1,000
page-unit-per-10000 = per 10,000
page-unit-per-100000 = per 100,000
page-unit-per-km2 = per km²
page-unit-percent = percent
page-unit-percent-gdp = percent of output
page-unit-person = persons
page-unit-persons = persons
page-unit-programme = programmes
page-unit-project = projects
page-unit-proposal = proposals
page-unit-ratio = ratio
page-unit-request = requests
page-unit-score = points
page-unit-t-person = tonnes per person
page-unit-tonne = tonnes
page-unit-ug-m3 = µg per m³
page-unit-usd = US dollars
page-unit-usd-person = US dollars per person
page-unit-usd-ppp = US dollars (PPP)
page-unit-year = years
page-unit-years = years
page-unit-yes-no = yes or no
page-until = Last day it holds
page-value = Value
page-versions = Versions of the definition
page-view-check = Check
page-view-duties = What is due
page-view-overview = Overview
page-view-report = Report
page-view-tracking = Indicator tracking
page-view-tree = Results tree
page-waive = Waive …
page-waive-do = Waive this finding
page-waive-note = The finding stays visible, with the reason and who took the responsibility, until the last day.
page-waived = Waived.
page-waived-by = Waived by { $author } until { $until }:
page-waiver-incomplete = A waiver needs a reason and somebody who takes the responsibility.
    .remedy = Go back and fill in both.
page-way-due = { $p } was due.
page-way-made = { $p } of the way was made.
page-what-changed = What changed
page-when = When
page-who = Who
page-why = Why it matters:
page-workbook = Workbook of this plan (XLSX)
page-yes = Yes
profile-mean = Mean
profile-part = Part
profile-scored = { $n } of { $all } indicators have a figure
profile-scores = In indices and frameworks
profile-scores-note = Made of this place's own figures, 0 to 100, higher is better. What is not measured is left out, never guessed.
space-again = Compute again
space-analyses = Grids, land, access
space-answers = Answers the indicator
space-answers-none = – not published –
space-area = Area (km²)
space-area-cells = Area of its cells (km²)
space-area-note = The area here is that of the grid's cells, as the method counts it. The page of boundaries gives the area of the drawn shape on the ellipsoid, which differs a little.
space-area-shape = Area of the shape (km²)
space-becomes = In the register
space-becomes-equal = There already
space-becomes-new = New
space-becomes-replaced = Replaced
space-before = Version before
space-before-none = none
space-begin = Begin a computation
space-begin-button = Compute
space-boundaries = Boundaries of places
space-boundaries-imported = The boundaries are in force.
space-boundaries-lead = A figure of the observatory belongs to a boundary and its day. When a boundary moves, the figures computed within the old one are shown, and can be computed again.
space-boundaries-none = There is no boundary yet. Add a file below, or look at the exercise boundaries first.
space-boundary-from = { $definition }, from { $day }
space-cancel = End it
space-centre = Urban centre { $n }
space-centre-at = Urban centre { $n }, { $km } km { $direction ->
        [north] north
        [north_east] north-east
        [east] east
        [south_east] south-east
        [south] south
        [south_west] south-west
        [west] west
        *[north_west] north-west
    } of { $place }
space-centre-near = Urban centre { $n } near { $place }
space-change = Change of area
space-cities = Urban centres
space-class-boundaries-now = In force
space-class-boundaries-then = Earlier
space-class-cells-both = Both
space-class-cells-high = Station within 1,000 m
space-class-cells-low = Stop within 500 m
space-class-cells-none = Neither
space-class-dense-urban-cluster-23 = class 23, town or semi-dense area
space-class-rural-cluster-13 = class 13, rural area
space-class-semi-dense-urban-cluster-22 = class 22, town or semi-dense area
space-class-stops-high = High capacity
space-class-stops-low = Low capacity
space-class-suburban-21 = class 21, town or semi-dense area
space-class-urban-centre-30 = class 30, city
space-classes-undrawn = Not coloured: rural cells outside of villages (classes 12 and 11) and water (10). They are the rest of the land, and count as rural areas in the tables.
space-corners = Corners
space-definition = Bounded by
space-desc-range = { $measure } ({ $unit }): { $n } places, from { $low } in { $lowest } to { $high } in { $highest }
space-download = Download:
space-file = File
space-file-gone = The file had to make room for newer ones. Choose it once more.
space-file-waits = { $file } is kept here and need not be sent again. Choose another file to replace it.
space-findings = Findings
space-form-refused = Nothing was begun yet. Correct what is marked below; the rest is as you entered it.
space-here = Boundaries, land, access
space-hint-boundaries = Which boundaries of the register figures are summed within. Choose what the boundaries page shows for your places.
space-hint-definition = What the lines follow, where the file does not say it: most files of districts and cities are administrative.
space-hint-layer = Only for files with several layers, such as a GeoPackage.
space-hint-one-boundary = Which boundary of the place is taken where no file gives one.
space-hint-period = The time of the newest file: 2025, 2025-S1, 2025-Q3 or 2025-06.
space-hint-place-field = The column that names the places, where it is not called “place”.
space-hint-since = The time of the earlier files, written in the same way.
space-hint-valid-from = The first day on which these boundaries hold. Leave it empty where the file has a column “valid_from”.
space-import = Add boundaries
space-import-button = Check and show
space-import-confirm = Write these boundaries
space-import-counts = { $added } new, { $replaced } replaced, { $unchanged } there already.
space-import-drawn = In this file
space-import-lines = What would be written
space-import-note = GeoPackage, GeoJSON, TopoJSON, FlatGeobuf, or a shapefile with its parts in one zip. The attribute “place” holds codes or names of places; “valid_from” and “definition” may stand beside it.
space-import-nothing = These boundaries are in the register already: nothing would change.
space-import-of = Boundaries from { $name }
space-import-otherwise = Read the file otherwise, or choose another
space-import-refused = The file cannot be taken as it is.
space-import-refused-note = Nothing was written. See below what stands in the way; what was said with the file can be changed without sending it again.
space-import-warned = Look at the findings below first: the boundaries are taken as they are.
space-in-register = In the register
space-jobs = Computations
space-jobs-none = Nothing was computed yet. Open a computation below: each has exercise files that need no download, and says which files of your own it takes.
space-known = Known
space-layer = Layer
space-layer-area = Boundary of the city
space-layer-boundaries = Boundaries
space-layer-cells = People by what they reach on foot
space-layer-dense-urban-cluster = Dense towns
space-layer-land = Growth of built-up land a year
space-layer-open-space = Open public space
space-layer-rural-cluster = Villages
space-layer-semi-dense-urban-cluster = Semi-dense towns
space-layer-served = Within walking distance
space-layer-stops = Stops
space-layer-suburban = Suburbs and edges of towns
space-layer-urban-centre = Urban centres
space-lead = What a city is, how much land it takes, and who reaches a stop or a park on foot: computed here, from files that you have, with every input named.
space-line-now = in force
space-line-of = { $definition }, { $age }
space-line-then = earlier
space-make-cities = Make the { $n } urban centres places with a boundary ({ $new } are new)
space-moved-key = The boundary changed here: figures on both sides are of different ground
space-moved-times = These dates do not stand on the same boundary: what differs between them is also the ground.
space-n-km2 = { $n } km²
space-n-km2-cells = { $n } km² of cells
space-n-km2-shape = { $n } km²
space-n-people = { $n } people
space-n-people-in = { $n } people ({ $period })
space-name-of = Name of { $place }
space-names-note = New centres can be called otherwise here before they become places; their codes stay.
space-nav = Space
space-new = New
space-no-analysis = Nothing was computed within these boundaries yet.
space-none = Nothing was computed yet. Begin below; the exercise files need no download.
space-none-analysis = Compute growth of land, people by degree of urbanisation, or access on foot
space-none-boundary = Add its boundary from a file
space-none-here = This place has no boundary and no analysis yet. A map of its land, people and access needs both.
space-none-public = Whoever keeps the data can add its boundary and compute the rest.
space-note-access = For one city: an extract of OpenStreetMap, people by cell, stops or timetables, open space. Without a boundary among the files that of the register is taken.
space-note-both-negative = Land and people both fall
space-note-degree-of-urbanisation = For a country: persons per cell of 1 km, best with land and built-up surface per cell.
space-note-densifying = People grow faster than land
space-note-even = Both grow alike
space-note-land = For all places with a boundary: persons and built-up surface per cell at two dates.
space-note-land-grows-people-leave = Land grows while people leave
space-note-land-shrinks-people-come = Land shrinks while people come
space-note-no-boundary = For all people in the files: no boundary was known
space-note-no-change-of-land = Built-up land did not change
space-note-no-population = Nobody lives there
space-note-no-population-growth = The number of people did not change
space-note-nothing-built = Nothing is built there
space-note-nothing-built-at-end = Nothing is built at the second date
space-note-nothing-built-at-start = Nothing was built at the first date
space-note-own-area = Within the boundary that was handed in
space-note-sprawling = Land grows faster than people
space-note-unknown = Not known
space-note-unstable = People hardly change: the ratio says little
space-note-whole-grid = All that the grid covers: the country has no boundary here
space-nothing-found = Nothing was found.
space-optional = (may be left out)
space-options = Options
space-other-files = Begin with other files or words
space-outdated = { $n ->
        [one] One figure rests
       *[other] { $n } figures rest
    } on the boundary “{ $then }”; in force is “{ $now }”.
space-outdated-gone = { $n ->
        [one] One figure rests
       *[other] { $n } figures rest
    } on the boundary “{ $then }”, which was taken back. The place has no other such boundary: add one, or take the figures back.
space-outdated-note = The boundary moved after these figures were computed.
space-outdated-of = They come from the computation
space-outdated-title = Figures on an old boundary
space-place-field = Attribute with the place
space-place-map = { $place }: boundaries, land, access
space-progress = Progress
space-publish-again = Publish again
space-publish-button = Submit these figures
space-publish-note = Each figure names this computation as its evidence, with its inputs and its boundary.
space-publish-refused = Nothing was published.
space-publish-superseded = A later computation took the place of these figures: submitting them again puts them back in its place.
space-published = In the register
space-published-changed = Publishing again would write { $n ->
        [one] 1 figure that was changed or removed since
       *[other] { $n } figures that were changed or removed since
    }; with other indicators or cities chosen below, those too.
space-published-figures = { $n ->
        [one] 1 figure of the register rests on it:
       *[other] { $n } figures of the register rest on it:
    }
space-published-on = Published on { $day } by { $name }.
space-published-page = The published computation
space-published-places = { $n } of its urban centres are places of the register.
space-published-same = Publishing again with the same choices would change nothing.
space-published-superseded = No figure of the register rests on it any more: a later computation took their place, or they were taken back.
space-remove = Remove
space-remove-do = Remove it
space-remove-files = { $n ->
        [one] 1 input file that nothing else needs:
       *[other] { $n } input files that nothing else needs:
    }
space-remove-files-kept = { $n } input files, which other computations or published figures need
space-remove-goes = This goes, and cannot be brought back
space-remove-note = Removes the computation from this node. What was published stays in the register.
space-remove-published = What was published of it, with the layers of its maps:
space-remove-results = What it found: its figures, its map and the answers of its steps
space-remove-stays = This stays
space-remove-steps = The answers of the steps that ended: it could not go on any more
space-remove-title = Remove this computation?
space-remove-unpublished = Nothing of it: it was not published
space-removed = The computation { $job } was removed.
space-removed-files = { $n ->
        [one] 1 input file went with it.
       *[other] { $n } input files went with it.
    }
space-resume = Go on
space-resume-failed = Try once more
space-resume-note = Steps that ended are not computed again.
space-role-area = Boundary of the city
space-role-built = Built-up surface (m² per cell)
space-role-built-later = Built-up surface, later date
space-role-case = Settings
space-role-gates = Gates of open space
space-role-gtfs = Timetables (GTFS)
space-role-land = Land (m² per cell)
space-role-open-space = Open space
space-role-osm = Streets (.osm.pbf)
space-role-paratransit = Lines of minibuses that stop anywhere
space-role-places = Places to walk to
space-role-population = People by cell
space-role-population-later = People by cell, later date
space-role-stops = Stops
space-since = Earlier date
space-source-files = Files: { $files }
space-source-osm = © OpenStreetMap contributors, ODbL, where the streets come from there
space-stays = Input files stay on this node, in no backup. What is published is kept with the register.
space-to-high = { $n } m to a station
space-to-low = { $n } m to a stop
space-try-boundaries = The program carries invented boundaries of three cities, one of them in two versions.
space-try-boundaries-button = Add the exercise boundaries
space-try-button = Compute with the exercise files
space-try-note = The program carries invented files that need no download.
space-valid-from = Holds from
space-warning-cell-size = Cells have { $area } km² instead of 1: gaps and buffers are counted in cells. This is not the official method.
space-warning-cells-too-large = Cells of { $side_m } m are too large for the urban extent, which looks { $radius_m } m around each: it is left out.
space-warning-centres-without-city = { $n } urban centres have no unit with half of its people in urban centres, and so no area.
space-warning-crow-fly = Distances are straight lines: real walks are longer.
space-warning-crowded = A cell has { $most } persons, where none of its size ever had { $limit }: is this the grid of people?
space-warning-exclaves = { $n } units commute enough but hang together with no city, and were left out: { $first }
space-warning-excluded-ways-unknown = { $n } ways that were to be left out are no streets or paths of the street file: { $first }
space-warning-extract-too-small = The street file ends too near the city: people at its edge may reach more. Missing in the west, south, east, north (m): { $missing_m }.
space-warning-extrapolated = { $year } lies outside of { $low } to { $high }: this is an extrapolation.
space-warning-few-points-found = The city fills so little of its box that { $n } of { $all } points were found.
space-warning-flows-outside = { $n } rows of commuters lead to places that are no unit; they count as working outside.
space-warning-geographic-grid = The grid is in degrees: densities use the area of each cell, distances are counted in cells. This is not the official method.
space-warning-group-unknown = { $cells } cells do not say the group { $group }: they are left out of its share.
space-warning-land-falls = Built-up land falls in { $n } cities; often the source or the sensor changed.
space-warning-large-cells = Cells of { $side_m } m are large for walking distances: shares are rough.
space-warning-layer-too-large = The layer { $layer } is too large to be kept with the register, and was left out of its map.
space-warning-looks-like-shares = The greatest number of the grid of { $layer ->
        [land] land
       *[other] built-up surface
    } is { $most }, a cell has { $area } m²: square metres in each cell are meant, not shares or percents.
space-warning-most-points = { $most } points are drawn at most.
space-warning-mostly-oneway = Dual carriageways may count twice in street density ({ $classes }).
space-warning-much-pruned = { $percent } % of the street network hangs together with nothing and was left out.
space-warning-much-public-land = Open space and streets take { $percent } % of the city, more than any benchmark; crossings count twice.
space-warning-no-boundary = There is no boundary: areas, streets and open space are not measured.
space-warning-no-built-layer = There is no grid of built-up surface: the rules about built-up cells are off.
space-warning-no-land-layer = There is no grid of land: every cell counts as land.
space-warning-no-stops-of = There is no stop of { $capacity ->
        [high] high capacity
       *[low] low capacity
    }.
space-warning-nodes-missing = The street file lacks { $n } points of streets.
space-warning-nothing-covered = No cell is covered: are these the classes of this raster?
space-warning-one-date-only = { $n } cells have a value at one date only and are left without.
space-warning-open-enclaves = { $n } units have neighbours of one area alone, but a border that is partly sea or the edge of the data; add them by hand where it is sea: { $first }
space-warning-open-space-thin = Only { $percent } % of the city was found to be open space; look whether the file is complete.
space-warning-open-space-unverified = Nobody looked whether these { $n } open spaces are open to all.
space-warning-own-threshold = The threshold of built-up surface, { $percent } %, is the mean of { $n } cells of this grid; the official one is of the whole world.
space-warning-people-unreached = { $percent } % of the people, in { $cells } cells, live where no street leads to a stop.
space-warning-rows-refused = { $n } rows that could not be used were left out.
space-warning-sensitive-to-threshold = { $percent } % of the people live within half a metre of the distance that decides.
space-warning-smoothing-at-level-1-only = The option ucl_smooth_pop changes urban clusters of level 1; level 2 has none.
space-warning-spread-evenly = { $n } places had people and no inhabited cell: theirs are spread evenly.
space-warning-stops-elsewhere = { $n } stops of the timetables lie farther than { $farther_than_m } m from the city and were left out.
space-warning-stops-far-from-network = { $n } stops ({ $percent } %) lie farther than { $farther_than_m } m from any street and serve few or nobody.
space-warning-stops-from-osm = { $n } stops were taken from OpenStreetMap, which may lack some.
space-warning-stops-from-timetables = { $n } stops were taken from timetables; { $routes_dropped } routes of kinds that do not count were left out.
space-warning-timetables-unused = There is a table of stops; { $n } timetables beside it were not read.
space-warning-units-empty = Nobody lives in { $n } places, which were judged by area: { $first }
space-warning-units-outside = { $n } places lie outside of the grid and have no class: { $first }
space-warning-units-tied = { $n } places have equally large rural classes; the denser one was taken: { $first }
space-warning-units-without-centre = { $n } places are smaller than a cell: people in them were not counted: { $first }
space-warning-units-without-workers = { $n } units have no row of commuters and can only be enclaves: { $first }
space-warning-unknown-settings = Settings that mean nothing here were left alone: { $keys }.
space-warning-zones-bare = { $n } places hold only cells without a value.
space-warning-zones-cross = { $n } places cross themselves and are no valid areas; each side of the crossing counts as inside. The first is { $first }, at { $at }.
space-warning-zones-outside = { $n } of { $all } places lie outside of the grid and have no figures.
space-warning-zones-partly = { $n } places lie partly outside of { $file }; sums are of the part inside.
space-warning-zones-swapped = No place lies on the grid, and { $n } would if longitude and latitude were exchanged: longitude comes first.
space-warning-zones-thin = { $n } places have values in less than nine tenths of their area.
space-warning-zones-without-centre = { $n } places hold no centre of a cell.
space-warning-zones-without-value = { $n } places have no cell with a value in { $file }.
space-within = Within: { $boundary }
space-within-head = Within which boundary
survey-all = All
survey-among = Only those of whom
survey-answer = Answer
survey-answers = What answers mean
survey-answers-note = An answer without a meaning is unknown: it is neither good nor bad.
survey-between = between { $low } and { $high } with 95 % confidence
survey-by = Break down by
survey-codebook = Codebook
survey-codebook-lead = Which question of this survey asks what? A proposal stands here; you know the questionnaire.
survey-compute = Compute
survey-concept = Concept
survey-concepts = Concepts and variables
survey-degf = Degrees of freedom
survey-drawing = The interval drawn
survey-effect = Design effect
survey-error = Standard error
survey-export = An export of ODK or Kobo
survey-export-note = Choose the zip archive of ODK Central, the CSV files of Briefcase, or the workbook of KoboToolbox, and beside it the form (XLSForm, .xlsx), which tells what answers mean. If the form has several repeats, name the one that lists persons here; “none” makes each submission a row.
survey-fail-place = There is no place “{ $place }”. Choose one from the list.
survey-figures = Figures
survey-files = Files
survey-files-elsewhere = The files of this survey are not on this node. Load the same files here, and their figures can be computed again.
survey-files-note = Households, and persons if you have them: CSV, Parquet, Stata (.dta) or SPSS (.sav, .zsav). A CSV file may come with a list of labels with the columns variable, value and value_label.
survey-flag-cv-above-20 = the error is above 20 % of the value
survey-flag-cv-above-30 = the error is above 30 % of the value: do not publish
survey-flag-few-degrees-of-freedom = fewer than 8 degrees of freedom: the error itself is not known well
survey-flag-few-rows = it rests on fewer than 25 rows
survey-flag-lonely-strata = a stratum has one sampling unit only
survey-flag-outside-range = the interval leaves the possible range
survey-flag-replicates-lost = some replicates gave no value
survey-flag-rows-25-to-49 = it rests on 25 to 49 rows
survey-holds = What it holds
survey-interval = 95 % interval
survey-lead = Load a household survey, tell what its questions mean, and see what it says of slums, services and housing, with the error of its sample.
survey-left-out = Not asked, and left out
survey-load = Load a survey
survey-load-button = Load and propose a codebook
survey-loaded = The survey is loaded. Look at the proposed codebook, mend it, and go on to the figures.
survey-lonely = Stratum with one unit
survey-made-of = What these figures are made of
survey-made-of-assets = or fifths made of possessions
survey-made-of-assets-note = Names of variables with commas between them; the first principal component puts households in order, and fifths are of people
survey-meaning = Meaning
survey-n = Rows
survey-n-answers = { $n ->
        [one] { $n } answer
       *[other] { $n } answers
    }
survey-n-open = { $n ->
        [one] { $n } without a meaning
       *[other] { $n } without a meaning
    }
survey-no-meaning = Unknown
survey-none = No survey has been loaded yet.
survey-not-asked = Not asked
survey-not-here = its files are on another node
survey-note = Note
survey-people = People or households
survey-publish = Publish
survey-publish-button = Publish these figures
survey-publish-note = Each figure becomes an observation with its error, its size and how it was made. Others may have to agree first.
survey-published = Published.
survey-record = Record
survey-repeat = Repeat of persons
survey-rule = Rule
survey-rule-set = Rule set
survey-sample-title = Exercise survey of Nairobi
survey-see-indicator = See the indicator
survey-settings = Settings of the survey
survey-stays = Answers of people and households stay on this node. Only figures leave it, and none that rests on too few of them.
survey-surveys = Surveys
survey-table = Estimates with the error of the sample
survey-threshold = Withheld below so many rows
survey-title = Name
survey-to-figures = To the figures
survey-try = Just trying?
survey-try-button = Load the exercise survey
survey-try-note = The program carries an invented survey of 1,200 households in five districts of Nairobi.
survey-unknown = Cannot be told for
survey-used = Questions used
survey-variable = Variable in the file
survey-weighted = Weighted by
survey-withheld = Withheld: too few people, or it would give a small group away
survey-without-units = No sampling unit is known, so these errors are too small. Name it in the codebook.
table-sort = Sort by this column
table-sorted = Sorted by
