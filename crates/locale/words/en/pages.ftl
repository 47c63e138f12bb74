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
page-all-duties = { $n ->
        [one] See the one thing that is due
       *[other] See all { $n } things that are due
    }
page-all-findings = See all findings, why they matter and what to do
page-as-of-label = As known at the end of
page-bad-day = The day { $day } cannot be read.
    .remedy = Write it as year-month-day, such as 2018-06-30.
page-check-says = What the checker says
page-cycle = Plan cycles
page-day = Statuses are computed for { $on }, not for today.
page-day-back = Show today
page-due = What is due
page-due-from = From whom
page-due-on = Due on
page-due-what = What
page-fail-bad = The request cannot be understood.
    .remedy = Go back and try again from the page's own buttons.
page-fail-empty = There is no plan here yet.
    .remedy = Load the sample programme with the command demo, or import a workbook.
page-fail-home = To the overview
page-fail-host = This server does not answer to that name.
    .remedy = Open it as http://127.0.0.1 with its port, or start the server with this name allowed.
page-fail-internal = Something went wrong inside the program. Nothing was written.
    .remedy = Try again. If it happens again, tell whoever runs this server the number of the request below.
page-fail-method = This address does not take this kind of request.
    .remedy = Go back and use the page's own buttons.
page-fail-not-found = There is no such page or record.
    .remedy = Check the address, or search for the record. If you look at the past, it may not have existed yet.
page-fail-origin = Another site tried to write here; it was refused.
    .remedy = Write from the pages of this server only.
page-fail-request = Number of this request in the log:
page-fail-timeout = It took too long and was stopped.
    .remedy = Try again with a smaller selection or file.
page-fail-too-large = What was sent is too large: forms hold 1 MB, files 256 MB.
    .remedy = Split the file, or import it with the command line, which has no such limit.
page-fell-back = Not yet translated: shown in another language
page-files = Files
page-first-findings = First findings
page-foot = Register at change { $position }, fingerprint { $fingerprint }. The same fingerprint gives the same figures.
page-languages = Language
page-means-achieved = The target is reached.
page-means-at-risk = Behind the path by more than the tolerance, at most three times as much.
page-means-no-baseline = Nobody recorded where it started.
page-means-no-data = Baseline and target are there, but a value that was due is missing.
page-means-no-target = Nobody recorded where it should arrive.
page-means-not-measured = A story or a distribution has no path.
page-means-not-yet-due = Nothing is due yet.
page-means-off-track = Further behind, or moving the wrong way.
page-means-on-track = Not behind the path by more than the tolerance.
page-n-errors = { $n ->
        [one] { $n } error
       *[other] { $n } errors
    }
page-n-indicators = { $n ->
        [one] { $n } indicator
       *[other] { $n } indicators
    }
page-n-notes = { $n ->
        [one] { $n } note
       *[other] { $n } notes
    }
page-n-projects = { $n ->
        [one] { $n } project
       *[other] { $n } projects
    }
page-n-results = { $n ->
        [one] { $n } result
       *[other] { $n } results
    }
page-n-waived = { $n ->
        [one] { $n } finding is waived and stays visible
       *[other] { $n } findings are waived and stay visible
    }
page-n-warnings = { $n ->
        [one] { $n } warning
       *[other] { $n } warnings
    }
page-name = Ekistics
page-nav = Main menu
page-nav-about = About
page-nav-changes = Changes
page-nav-codes = Codes
page-nav-entry = Enter values
page-nav-import = Import
page-nav-plans = Plans
page-nav-records = Records
page-no-duties = Nothing is due.
page-no-findings = The checker found nothing.
page-no-indicators = This plan has no indicators yet. Add them in the workbook and import it.
page-no-measure = No indicator
page-no-results = This plan has no results yet.
page-on-label = Statuses on the day
page-other-plans = All other plans and frameworks
page-past = The past: everything as it was known at { $at }.
page-past-back = Back to the present
page-past-note = Nothing can be changed here.
page-plan-views = Views of this plan
page-programmes = Programmes, phases and strategies that carry it out
page-progress = Progress of the indicators
page-report = Progress report
page-results-glance = Every result at a glance
page-search-go = Search
page-search-label = Search plans, results, indicators, places …
page-show = Show
page-skip = Skip to the content
page-status = Status
page-step-check = { $n ->
        [one] See why this plan fails the checker: one error
       *[other] See why this plan fails the checker: { $n } errors
    }
page-step-import = Import the workbook: you see every difference before anything is written, and can undo it
page-step-workbook = Download its workbook and add baselines and targets
page-steps = New here? Three steps
page-template = Empty workbook with instructions (XLSX)
page-total = Total
page-tracking-xlsx = Tracking table (XLSX)
page-view-check = Check
page-view-duties = What is due
page-view-overview = Overview
page-view-report = Report
page-view-tracking = Indicator tracking
page-view-tree = Results tree
page-workbook = Workbook of this plan (XLSX)
