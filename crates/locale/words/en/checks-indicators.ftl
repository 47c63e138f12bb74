IND001 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “specific”.
       *[one] “{ $indicator }” misses the criterion “specific”.
    } { $reason ->
        [composite] { smart-composite }
        [double-barrelled] { smart-double-barrelled }
        [vague-words] { smart-vague-words }
        [no-definition] { smart-no-definition }
        [defined] { smart-defined }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = Two offices that read an indicator differently report two different things, and their sum means nothing.
    .remedy = Name one thing, and write a definition that says what counts and what does not.
IND002 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “measurable”.
       *[one] “{ $indicator }” misses the criterion “measurable”.
    } { $reason ->
        [no-unit] { smart-no-unit }
        [no-parts] { smart-no-parts }
        [no-scale] { smart-no-scale }
        [no-direction] { smart-no-direction }
        [no-reporting] { smart-no-reporting }
        [measured] { smart-measured }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = What has no unit or no base cannot be added, compared or checked.
    .remedy = Fill the unit, and what the type of measure needs: numerator and denominator, scale, way of reporting.
IND003 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “achievable”.
       *[one] “{ $indicator }” misses the criterion “achievable”.
    } { $reason ->
        [no-target] { smart-no-target }
        [no-baseline] { smart-no-baseline }
        [out-of-bounds] { smart-out-of-bounds }
        [against-direction] { smart-against-direction }
        [pace] { smart-pace }
        [no-history] { smart-no-history }
        [pace-known] { smart-pace-known }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = A target that nobody believes steers nobody; it is explained away from the first year on.
    .remedy = Set a target that the past or a reviewer supports, and record the reviewer’s assessment with its reason.
IND004 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “relevant”.
       *[one] “{ $indicator }” misses the criterion “relevant”.
    } { $reason ->
        [no-result] { smart-no-result }
        [activity] { smart-activity }
        [no-focus] { smart-no-focus }
        [tied] { smart-tied }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = An indicator that does not measure its result can be reached while the result is missed.
    .remedy = Measure what changes for cities and people, under the result that promises it.
IND005 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “time-bound”.
       *[one] “{ $indicator }” misses the criterion “time-bound”.
    } { $reason ->
        [no-target] { smart-no-target }
        [undated] { smart-undated }
        [after-plan] { smart-after-plan }
        [no-cadence] { smart-no-cadence }
        [dated] { smart-dated }
        [story] { smart-story }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = Without a day nothing is ever late, and the path from baseline to target cannot be drawn.
    .remedy = Add a target with its value and the day by which it is due.
IND006 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “manageable scope”.
       *[one] “{ $indicator }” misses the criterion “manageable scope”.
    } { $reason ->
        [many-per-result] { smart-many-per-result }
        [many-figures] { smart-many-figures }
        [few] { smart-few }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = Every indicator costs somebody days each year; too many are reported badly or not at all.
    .remedy = Keep the two or three that say most about the result, and retire the others.
IND007 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “fair attribution”.
       *[one] “{ $indicator }” misses the criterion “fair attribution”.
    } { $reason ->
        [world-moves] { smart-world-moves }
        [nobody-reports] { smart-nobody-reports }
        [own-work] { smart-own-work }
        [reported] { smart-reported }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = A change that the work did not cause is neither its merit nor its fault.
    .remedy = Let the projects that move it declare it, or record an assessment of how change is ascribed.
IND008 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “data or a clear path to them”.
       *[one] “{ $indicator }” misses the criterion “data or a clear path to them”.
    } { $reason ->
        [no-data] { smart-no-data }
        [no-source] { smart-no-source }
        [path-unclear] { smart-path-unclear }
        [provisional] { smart-provisional }
        [at-hand] { smart-at-hand }
        [path] { smart-path }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = An indicator without a path to data is a wish; the gap shows when the report is due.
    .remedy = Name the source, its reliability and how it is checked, or replace the indicator.
IND009 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “fits the capacity”.
       *[one] “{ $indicator }” misses the criterion “fits the capacity”.
    } { $reason ->
        [no-owner] { smart-no-owner }
        [owner-full] { smart-owner-full }
        [survey-too-often] { smart-survey-too-often }
        [owned] { smart-owned }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = An indicator that nobody has the money or the skill to measure will have no value when it is due.
    .remedy = Name the unit that answers for it, and let a reviewer say whether it can.
IND010 = { $whole ->
        [plan] Of the { $all } indicators of “{ $plan }”, { $n } miss the criterion “evidence can be checked”.
       *[one] “{ $indicator }” misses the criterion “evidence can be checked”.
    } { $reason ->
        [no-verification] { smart-no-verification }
        [source-only] { smart-source-only }
        [verifiable] { smart-verifiable }
        [several] { smart-several }
       *[reviewer] { smart-reviewer }
    }
    .why = A figure that cannot be checked is an opinion; evaluators and auditors leave it out.
    .remedy = Say how a value can be verified, and keep the evidence with each observation.
IND011 = { $whole ->
        [plan] All { $n } confirmed indicators of “{ $plan }” miss at least one criterion of selection.
       *[one] “{ $indicator }” is confirmed, but misses { $missed } of the ten criteria of selection.
    }
    .why = An indicator enters the set when it meets every criterion; each one let in without is paid for at every report.
    .remedy = Mend what the criteria name, record what a reviewer says, or make it a candidate again.
IND012 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” has a baseline.
       *[one] “{ $indicator }” has no baseline.
    }
    .why = Without a baseline no change can be shown, and whatever is measured later already holds the effect of the plan.
    .remedy = Measure or estimate where it stood before the plan, and record it with its day and source.
IND013 = The baseline of “{ $indicator }” is of { $date }; it must be earlier than { $start }.
    .why = A baseline made after the start already holds part of the effect that it should be compared with.
    .remedy = Use the last value before the start, if need be an estimate marked as such, or waive the finding with the reason.
IND014 = The baseline of “{ $indicator }” has no day.
    .why = Nobody can tell whether it was measured before the plan, and the path to the target has no beginning.
    .remedy = Record the day on which it was measured.
IND015 = The baseline of “{ $indicator }” is { $value }, of no unit.
    .why = Ten per cent, ten cities and ten million people are not the same start.
    .remedy = State the unit of the indicator.
IND016 = { $level ->
        [place] The target of “{ $indicator }” for { $place } has no baseline for that place.
        [group] The target of “{ $indicator }” for { $group } has no baseline for that group.
        [both] The target of “{ $indicator }” for { $group } in { $place } has no baseline of the same.
       *[whole] The target of “{ $indicator }” is for the whole programme, its baseline is not.
    }
    .why = Start and end must be measured at the same level, or the distance between them means nothing.
    .remedy = Record a baseline of the same place and group, or set the target at the level of the baseline.
IND017 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” has a target.
       *[one] “{ $indicator }” has no target.
    }
    .why = Without a target nobody can say whether the result is on track, and every value is a success.
    .remedy = Set a target with its day; where the plan cannot, say so and keep the indicator as a candidate.
IND018 = The target of “{ $indicator }” ({ $value }) has no day.
    .why = A target without a day is never missed and never reached.
    .remedy = Say by which day it is due.
IND019 = { $direction ->
        [increase] “{ $indicator }” should rise, but goes from { $baseline } to { $value }.
       *[decrease] “{ $indicator }” should fall, but goes from { $baseline } to { $value }.
    }
    .why = Either the direction or a value is wrong; until it is mended, progress shows as regress.
    .remedy = Correct the direction, the baseline or the target.
IND020 = Baseline and target of “{ $indicator }” are both { $value }.
    .why = A target that is already reached promises nothing, and progress has no path to be measured on.
    .remedy = Set a target that moves, or declare that the value should be maintained.
IND021 = The target of “{ $indicator }” is due on { $date }; the plan ends on { $end }.
    .why = The plan will be closed and evaluated before its promise is due.
    .remedy = Set a target for the last day of the plan; a later one belongs to the next plan.
IND022 = “{ $indicator }” cannot be { $value }; its bound is { $bound }.
    .why = A value that cannot be makes every percentage of progress wrong.
    .remedy = Correct the value, its unit, or the bounds of the indicator.
IND023 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” has a unit.
       *[one] “{ $indicator }” has no unit.
    }
    .why = Values without a unit cannot be compared, added or checked for slips of a thousand.
    .remedy = State the unit, such as percent, city, person or USD.
IND024 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” says which way is better.
       *[one] “{ $indicator }” does not say which way is better.
    }
    .why = Without a direction no status can be computed: a fall may be a success or a failure.
    .remedy = Declare whether it should increase, decrease or be maintained.
IND025 = { $whole ->
        [plan] None of the { $n } flows of “{ $plan }” says whether its values are cumulative.
       *[one] “{ $indicator }” does not say whether its values are cumulative.
    }
    .why = Cumulative values that are added count everything several times; guessing is refused, so there is no figure at all.
    .remedy = Declare cumulative or incremental.
IND026 = { $state ->
        [none] “{ $indicator }” counts bodies by stage, but names no scale.
       *[few] “{ $indicator }” counts bodies by the scale { $scale }, which has fewer than two stages ({ $n }).
    }
    .why = Its value is a distribution over stages; without stages there is nothing to distribute.
    .remedy = Define the stages of the scale in order, and name the scale at the indicator.
IND027 = { $whole ->
        [plan] None of the { $n } shares and means of “{ $plan }” says of what.
       *[one] “{ $indicator }” does not say of what it is a share or mean.
    }
    .why = Shares and means are rolled up from their numerators and denominators; without them they cannot be put together.
    .remedy = Say what the numerator and the denominator are.
IND028 = { $joined ->
        [subjects] “{ $indicator }” counts two sorts of bodies in one number: { $first } and { $second }.
        [actions] “{ $indicator }” asks for two deeds at once: “{ $first }” and “{ $second }”.
        [questions] “{ $indicator }” gives one answer to two questions: “{ $first }” and “{ $second }”.
        [measures] “{ $indicator }” is two measures: { $first } and { $second }.
       *[list] “{ $indicator }” puts several figures into one, from “{ $first }” to “{ $second }”.
    }
    .why = When one half moves and the other does not, the value cannot say which, and two reporters will count differently.
    .remedy = Make two indicators, keep the half that matters, or define what counts when only one half is true.
IND029 = “{ $indicator }” counts work (“{ $words }”), but stands under the result “{ $result }”.
    .why = A hundred workshops can be held while nothing changes; a result is what people and cities do differently.
    .remedy = Measure the change, and count the work at the level of outputs.
IND030 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” has a source of data.
       *[one] “{ $indicator }” has no source of data.
    }
    .why = When the report is due nobody knows whom to ask, and two people will ask two sources.
    .remedy = Name the source of its data.
IND031 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” says how a value can be verified.
       *[one] “{ $indicator }” does not say how a value can be verified.
    }
    .why = Whoever accepts a value must be able to check it; without a means he can only believe.
    .remedy = Say by which document, visit or comparison a value is verified.
IND032 = { $whole ->
        [plan] No unit answers for any of the { $n } indicators of “{ $plan }”.
       *[one] No unit answers for “{ $indicator }”.
    }
    .why = What everybody answers for is reported by nobody.
    .remedy = Name one unit that answers for it.
IND033 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” says how often it is reported.
       *[one] “{ $indicator }” does not say how often it is reported.
    }
    .why = What is due is worked out from the cadence; without one nothing is ever due, and nobody is reminded.
    .remedy = Declare how often it is reported.
IND034 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” that count people is broken down by sex.
       *[one] “{ $indicator }” counts people and is not broken down by sex.
    }
    .why = A total hides that one half of the people gained and the other did not.
    .remedy = Add the dimension sex, and ask every reporter for it.
IND035 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” that count people is broken down by age.
       *[one] “{ $indicator }” counts people and is not broken down by age.
    }
    .why = Children, the young and the old are left out most easily, and a total does not show it.
    .remedy = Add the dimension age where the source allows it.
IND036 = “{ $indicator }” is broken down by “{ $dimension }”, which has no categories.
    .why = Reporters will invent their own categories, and nothing adds up.
    .remedy = List the categories of the dimension.
IND037 = “{ $indicator }” says nearly the same as “{ $other }” ({ $id }): { $percent } % of the words are common.
    .why = Two indicators for one thing are collected twice, differ a little, and nobody knows which to quote.
    .remedy = Retire one of the two, or make their names and definitions say how they differ.
IND038 = { $change ->
        [added] “{ $indicator }” was added on { $date }; the plan started on { $start }.
       *[defined] Version { $version } of “{ $indicator }” changes what is measured from { $date }; the plan started on { $start }.
    }
    .why = A cycle keeps one set of indicators; a major change breaks every series and every comparison with the target.
    .remedy = Keep the old definition until the cycle ends, or change it through a revision of the plan with a mapping.
IND039 = “{ $plan }” has { $n } indicators for { $results } measured results: { $ratio } for each.
    .why = More than three for a result, or a hundred in all, cost more to collect than anybody reads.
    .remedy = Keep the ones that say most about each result, and retire the others.
IND040 = { $whole ->
        [plan] All { $n } indicators of “{ $plan }” are still candidates although the plan has started.
       *[one] “{ $indicator }” is still a candidate although its plan has started.
    }
    .why = A plan that runs without a confirmed set measures by whatever is at hand.
    .remedy = Confirm it when it meets the criteria, or retire it.
IND041 = { $whole ->
        [plan] None of the { $n } indicators of “{ $plan }” is linked to a global framework or says why it is new.
       *[one] “{ $indicator }” is linked to no global framework, and nothing says why a new one was needed.
    }
    .why = Each new indicator is one more that no other body collects and nothing can be compared with.
    .remedy = Link it to the framework that it was taken from, or give the reason why none of them measures it.
IND042 = { $state ->
        [no-result] “{ $indicator }” measures the result { $id }, which is not there.
       *[no-focus] “{ $indicator }” stands under “{ $result }”, which leads up to no focus of the plan.
    }
    .why = An indicator that leads nowhere is collected for nobody; the strategic focus stays unmeasured.
    .remedy = Tie its result to an area, a strategic result or an impact, or retire the indicator.
IND043 = { $whole ->
        [plan] All { $n } confirmed indicators of “{ $plan }” lack a baseline, target, source or means of verification.
       *[one] “{ $indicator }” is confirmed, but lacks a baseline, target, source or means of verification.
    }
    .why = When a set is confirmed each of its indicators opens these four fields; a blank one is a promise without ground.
    .remedy = Fill the four fields, or make it a candidate again.
IND044 = “{ $indicator }” is in { $unit }, but this value of its plan is in { $other }.
    .why = Values in two units cannot lie on one path; progress computed from them is nonsense.
    .remedy = Convert the value, or correct the unit.
IND045 = “{ $indicator }” puts several figures into one number ({ $unit }).
    .why = A home and a mortgage product do not add up; when the number moves nobody knows which part did.
    .remedy = Report each part as an indicator of its own, or define an index with its parts and weights.
IND046 = { $tier ->
        [twice_per_plan] “{ $indicator }” measures a strategic result and must be reported twice in the plan, not { $cadence }.
        [biennial] “{ $indicator }” measures an area and must be reported each two years, not { $cadence }.
       *[yearly] “{ $indicator }” measures an accomplishment and must be reported each year, not { $cadence }.
    }
    .why = The pyramid keeps costly surveys rare and cheap counts frequent; a wrong rhythm costs money or leaves the report empty.
    .remedy = Set the cadence of its tier, or move the indicator to the result whose rhythm it has.
IND047 = “{ $indicator }” is reported twice in its plan, but has figures for { $n } of its years: { $years }.
    .why = The top of the pyramid takes exactly two reports, at the middle and at the end; a third one is refused.
    .remedy = Keep the figures of the mid-term and the final year; record the others under the world indicator or an indicator of a lower tier.
IND048 = “{ $indicator }” has no figure for { $years }.
    .why = The governing body is owed the results of each area every two years.
    .remedy = Report the missing figures, or record why they are not to be had.
IND049 = “{ $indicator }” has no figure for { $years }.
    .why = The yearly report tells of each accomplishment; a year left out cannot be made up at the end.
    .remedy = Report the missing years, or record why there is no figure.
IND050 = “{ $indicator }” has no figure for { $years } of its plan.
    .why = The mid-term and the final evaluation rest on the top indicators; without a figure they judge by impression.
    .remedy = Plan the survey in time, or record why there is no figure.
IND051 = The report of “{ $plan }” for { $period } speaks of no result; all of its lines ({ $n }) are outputs.
    .why = A governing body asks what changed; a list of outputs answers what was done.
    .remedy = Attach each line to the result that it serves, and say what changed.
IND052 = Line { $position } of the report names no result: “{ $line }”
    .why = An output that serves no result does not belong into a report of results.
    .remedy = Name the result that it serves, or leave the line out.
IND053 = “{ $result }” is reported for { $period } without any story.
    .why = A figure says how much, a story says how and for whom; readers believe the two together.
    .remedy = Add a story of a place or of people who agreed to be named.
IND054 = “{ $indicator }” counts bodies, but does not say of what sort.
    .why = A body is counted once; without its sort a city and its government may be counted as two.
    .remedy = Say whether authorities, cities, countries or other bodies are counted.
IND055 = The smallest value of “{ $indicator }” ({ $minimum }) is larger than its largest ({ $maximum }).
    .why = No value lies within such bounds, so every observation is refused.
    .remedy = Exchange the two.
IND056 = The milestone of “{ $indicator }” ({ $value }) does not lie between its baseline ({ $baseline }) and its target ({ $target }).
    .why = A path that overshoots and comes back makes the status at the milestone wrong.
    .remedy = Correct the milestone or the target.
IND057 = Version { $version } of “{ $indicator }” turns { $from } into { $to } without a factor.
    .why = Without the factor older values cannot be compared with newer ones, and the series breaks.
    .remedy = Record the factor, or begin a new indicator.
IND058 = { $measure ->
        [share] “{ $indicator }” is a share, but its unit is { $unit }.
       *[other] “{ $indicator }” is counted or added, but its unit is { $unit }.
    }
    .why = Percentages must not be added and numbers must not be averaged; the unit and the type of measure must say the same.
    .remedy = Correct the unit or the type of measure.
IND059 = The target of “{ $indicator }” was set on { $date }, after the plan had started on { $start }.
    .why = A target set when part of the result is known is easily set where it will be met.
    .remedy = Keep the first target beside the new one, and say why it changed.
IND060 = “{ $indicator }”, criterion “{ $criterion ->
        [achievable] { list-criterion-achievable }
        [attributable] { list-criterion-attributable }
        [capacity] { list-criterion-capacity }
        [data] { list-criterion-data }
        [manageable] { list-criterion-manageable }
        [measurable] { list-criterion-measurable }
        [relevant] { list-criterion-relevant }
        [time_bound] { list-criterion-time-bound }
        [verifiable] { list-criterion-verifiable }
       *[specific] { list-criterion-specific }
    }”: { $by } grades it “{ $reviewed ->
        [met] { list-grade-met }
        [not_met] { list-grade-not-met }
        [partly] { list-grade-partly }
       *[unknown] { list-grade-unknown }
    }” ({ $words }), the record says “{ $recorded ->
        [met] { list-grade-met }
        [not_met] { list-grade-not-met }
        [partly] { list-grade-partly }
       *[unknown] { list-grade-unknown }
    }”.
    .why = One of the two knows something that the other does not; left standing, each reader believes another grade.
    .remedy = Record what the reviewer knew, or ask the reviewer to grade again.
smart-activity = It counts work (“{ $words }”), not what changes.
smart-after-plan = Its last target is due on { $date }, after the plan ends on { $end }.
smart-against-direction = Its target lies on the wrong side of its baseline.
smart-at-hand = Values observed: { $n } ({ $source }).
smart-composite = It puts several figures into one number.
smart-dated = Its target is due on { $date }.
smart-defined = One thing, with a definition.
smart-double-barrelled = It joins two things: “{ $first }” and “{ $second }”.
smart-few = Indicators of its result: { $n }.
smart-many-figures = It asks each place for { $n } figures a year.
smart-many-per-result = Its result has { $n } indicators; more than { $most } are hard to keep up.
smart-measured = It has a unit ({ $unit }) and all that its type of measure needs.
smart-no-baseline = No baseline says where it starts from.
smart-no-cadence = Nothing says how often it is reported.
smart-no-data = No source is named and nothing has been observed.
smart-no-definition = Nothing defines what counts and what does not.
smart-no-direction = Nothing says which way is better.
smart-no-focus = “{ $result }” leads up to no focus of its plan.
smart-no-history = No series shows how fast it can change; a reviewer must say.
smart-no-owner = No unit answers for it.
smart-no-parts = Nothing says of what it is a share or mean.
smart-no-reporting = Nothing says whether its values are cumulative.
smart-no-result = The result that it should measure is not there.
smart-no-scale = It counts bodies by stage, but no scale of two stages or more is there.
smart-no-source = Values observed: { $n }, but no source is named.
smart-no-target = It has no target.
smart-no-unit = It has no unit.
smart-no-verification = Nothing says how a value can be checked.
smart-nobody-reports = No project reports on it.
smart-out-of-bounds = Its target ({ $value }) cannot be.
smart-own-work = It measures the organisation’s own work.
smart-owned = { $owner } answers for it.
smart-owner-full = { $owner } answers for { $n } indicators.
smart-pace = Its target asks for a change of { $needed } a year; the fastest ever seen was { $fastest }.
smart-pace-known = Its target asks for a change of { $needed } a year; { $fastest } has been seen.
smart-path = Nothing observed yet; the path is clear: { $source }.
smart-path-unclear = A source is named, but nothing was observed and nothing says how a value is checked.
smart-provisional = Values still provisional: { $n } of { $all }.
smart-reported = Projects that report on it: { $n }.
smart-reviewer = { $by } says: { $words }
smart-several = The reasons differ; each indicator has its own.
smart-source-only = A source or evidence is there, but nothing says how a value is checked.
smart-story = A story has no number to judge by.
smart-survey-too-often = It asks for a survey more than once a year.
smart-tied = It stands under “{ $result }”, which leads up to “{ $focus }”.
smart-undated = Its target has no day.
smart-vague-words = Nothing defines “{ $words }”.
smart-verifiable = The record says how a value is checked.
smart-world-moves = Much besides the work moves it, and no world measure stands beside it.
