PLN001 = { $n ->
        [one] The plan has one result and no indicator at all.
       *[other] The plan has { $n } results and no indicator at all.
    }
    .why = Nobody can tell whether a plan without indicators works; its reviews and evaluations have nothing to measure.
    .remedy = Add at least one indicator to each strategic result, area and outcome, with a baseline and a target.
PLN002 = “{ $result }” has no indicator.
    .why = A result that nothing measures cannot be steered, and no report can say whether it was reached.
    .remedy = Add an indicator to the result, or take the result out of the plan.
PLN003 = The lead and support area “{ $result }” has no indicator.
    .why = Management and support use a large share of the core money; without results and indicators nobody can say what for.
    .remedy = Give the lead and support area at least one result indicator.
PLN004 = “{ $result }” stands at level { $level }, which its plan does not define.
    .why = Nobody knows what such a result is in the results chain, so it is neither measured nor reported at its tier.
    .remedy = Define the level in the plan, or correct the level of the result.
PLN005 = “{ $result }” stands at level { $level } below “{ $parent }” at level { $parent_level }.
    .why = Figures are rolled up from deep levels to high ones; a chain that runs sideways or upwards would count a result into its own part.
    .remedy = Hang the result from one at a higher level, or correct the levels.
PLN006 = Level { $position } is defined, but level { $missing } above it is not.
    .why = A missing level is usually one that was forgotten, and the levels below it get the wrong tier of reporting.
    .remedy = Define the missing level, or number the levels without a gap from 1.
PLN007 = The plan has { $areas } areas, this programme has { $subprogrammes } subprogrammes{ $units ->
        [0] .
       *[other] , and { $units } units lead.
    }
    .why = When areas, subprogrammes and units do not stand one to one to one, no unit answers for an area and no budget can be read by area.
    .remedy = Draw the programme with one subprogramme and one leading unit for each area of the plan, or revise the plan.
PLN008 = { $n ->
        [0] Nobody leads the area “{ $area }”.
       *[other] { $n } lead the area “{ $area }”.
    }
    .why = An area that nobody leads is nobody's task; an area that two lead is each one's excuse.
    .remedy = Record exactly one leading subprogramme with its unit for each area; the others support.
PLN009 = { $leader } leads { $area } and also { $other }.
    .why = Plan, programme and organisation should have the same shape; a subprogramme that leads two areas hides which of them gets the money and the posts.
    .remedy = Give each area a leading subprogramme and unit of its own, or record the second one as support.
PLN010 = The programme has { $programme } indicators, its plan has { $plan }; the same in both: { $common }.
    .why = When a plan and its programme measure different things, every figure is collected twice and neither report can be read with the other.
    .remedy = Use one set of indicators in the plan and in its programmes.
PLN011 = Nothing ties “{ $result }” to a result of { $plan }.
    .why = Every programme must match the plan in force; work that cannot be traced to the plan has no mandate in it.
    .remedy = Link the result to the result of the plan that it carries out, or take it out of the programme.
PLN013 = The outcome “{ $result }” is tied to no impact area.
    .why = An outcome that changes nothing in people's lives is activity for its own sake; no effect of it can ever be shown.
    .remedy = Say to which impact areas the outcome contributes.
PLN014 = The results framework is of { $framework }, but the plan started on { $start }.
    .why = Until the framework exists nothing can be measured against it, and baselines made afterwards already hold the plan's own effect.
    .remedy = Finish the results framework before the plan starts; for a past plan, waive the finding with the reason.
PLN015 = The results framework is of { $framework }, but the plan was adopted on { $adopted }.
    .why = A governing body that adopts a plan without its framework does not know what it approves.
    .remedy = Bring plan and framework to the governing body together.
PLN016 = The plan does not say when its results framework was finished.
    .why = A plan is complete only with a results framework at adoption; without a date nobody can tell that there was one.
    .remedy = Record the day on which the results framework was finished.
PLN017 = { $state ->
        [late] “{ $task }” was to be done before { $start } and was done on { $done }.
       *[open] “{ $task }” was to be done before { $start } and is not done.
    }
    .why = The gate exists so that a plan does not start without its steering, papers, baselines, money and monitoring; what is late there is missing in all years after.
    .remedy = Finish the item and record when, or move the start of the plan.
PLN018 = The preparation gate has { $n } of { $needed } items.
    .why = An item that is not on the list is not asked for, and the plan starts without it.
    .remedy = Record the five gate items as tasks of the plan or of its preparatory phase.
PLN019 = “{ $result }” is not continued in { $next } and does not end on purpose.
    .why = When a plan's results are rewritten without a crosswalk, the series breaks and nobody can say what became of the work and the money.
    .remedy = Link the result to the one that continues it, or record on purpose that it ended.
PLN020 = “{ $result }” follows from no result of an earlier plan.
    .why = A new result has no history; if it is an old one under a new name, its series begins too late.
    .remedy = If the result continues an older one, link the two; if it is new, leave it.
PLN021 = The plan starts on { $start }, but the one before it ended on { $end }.
    .why = In a gap nobody has a plan to work by, and series lose years.
    .remedy = Correct the dates, or extend the earlier plan by a revision.
PLN022 = The plan starts on { $start }, while “{ $other }” runs until { $end }.
    .why = Two plans in force at once give two targets for one year, and nobody knows which one counts.
    .remedy = Correct the dates, or mark the earlier plan as superseded by its revision.
PLN023 = The plan names no predecessor, although “{ $other }” came before it.
    .why = Series run from plan to plan along this link; without it each plan begins at zero.
    .remedy = Name the plan before it in the same line.
PLN024 = { $n ->
        [1] No unit answers for “{ $result }”.
       *[other] No unit answers for any of the plan's { $n } results.
    }
    .why = What nobody answers for is nobody's failure; accountability at all levels begins with a name.
    .remedy = Name the unit that answers for the result.
PLN025 = { $n ->
        [1] “{ $result }” is assigned neither to headquarters nor to a regional office.
       *[other] None of the { $n } means and outcomes is assigned to headquarters or a regional office.
    }
    .why = Means and outcomes are carried out either from headquarters or from the regions; while that is open, both wait for the other.
    .remedy = Assign the means or outcome to a branch at headquarters or to a regional office.
PLN026 = { $n ->
        [1] The area “{ $area }” has no priority rank.
       *[other] None of the { $n } areas has a priority rank.
    }
    .why = When money runs short, everything that has no rank is cut alike.
    .remedy = Give each area a rank; 1 is first.
PLN027 = { $which ->
        [mid_term] No mid-term evaluation of the plan is planned or done.
       *[final] No final evaluation of the plan is planned or done.
    }
    .why = The mid-term evaluation is the only occasion to mend a plan, the final one the only occasion to learn from it.
    .remedy = Plan the evaluation with a day and money.
PLN028 = The area “{ $area }” was never evaluated before the plan ended on { $end }.
    .why = Each area is to be evaluated at least once in a plan; an area that never was goes into the next plan on belief.
    .remedy = Evaluate the area now, or record the evaluation that was done.
PLN029 = The plan runs from { $first } to { $last }; the review's cycles are 2026–2029, 2030–2033 and so on.
    .why = From 2026 on the plan's cycle follows the four-yearly review; a plan out of step reports on priorities that have just been replaced.
    .remedy = Let the plan run four calendar years from 2026, 2030 and so on.
PLN030 = The code { $code } is already that of { $other }.
    .why = Reports and budgets name results by their code; a code that means two results sends money to the wrong one.
    .remedy = Give one of the two another code.
PLN031 = { $state ->
        [late] “{ $task }” was due on { $due } and was done on { $done }.
       *[open] “{ $task }” was due on { $due } and is not done.
    }
    .why = Later phases build on the tasks of earlier ones; a late task moves everything after it.
    .remedy = Record when the task was done, or agree a new day and say why.
PLN032 = “{ $task }” was done on { $done } without evidence.
    .why = Whoever reviews the plan later cannot tell a done task from one that was ticked off.
    .remedy = Name the document, decision or page that shows that the task was done.
PLN033 = The grid of { $rows } by { $columns } contributions has { $filled } of { $cells } cells filled.
    .why = The grid is how a plan says who works for what; an empty cell may mean no contribution or a forgotten one.
    .remedy = Record each contribution; for a pair without one, waive the finding with that as its reason.
PLN034 = No programme and budget carries out { $n } of the plan's { $years } years: { $missing }.
    .why = The programme and budget is the only statutory document of execution; in a year without one the plan has no money and no duty behind it.
    .remedy = Record the missing programme, or set the plan that it is a part of.
PLN035 = Outputs: { $now }, up from { $then } in “{ $before }”.
    .why = The promise is fewer and more meaningful outputs; a longer list spreads the same people thinner.
    .remedy = Merge or drop outputs, beginning with those of the lowest priority.
PLN036 = The plan starts on { $start } and ends on { $end }.
    .why = No year falls into such a plan, so nothing is due in it and nothing is reported.
    .remedy = Correct the first or the last day.
PLN037 = { $first } to { $last } does not lie within “{ $plan }”.
    .why = Work outside of the plan's years cannot be counted into the plan.
    .remedy = Correct the dates, or name the plan that is in force in those years.
PLN038 = The plan was adopted on { $adopted }, after its start on { $start }.
    .why = Until the governing body adopts it, a plan binds nobody and no money may be spent on it.
    .remedy = Correct the dates, or record the version that was in force from the start.
PLN039 = “{ $result }” stands below “{ $other }”, which stands below it.
    .why = A circle has no top; figures rolled up along it would never end.
    .remedy = Break the circle: one of the results stands below another one.
PLN040 = “{ $result }” belongs to { $plan }, the result above it to { $other }.
    .why = The tree of a plan must be whole in itself; what links two plans is the crosswalk, with a relation and a reason.
    .remedy = Hang the result from one of its own plan and record the link between the plans in the crosswalk.
PLN041 = Figures are reported for “{ $result }”, but no story.
    .why = A figure says how much, a story says how and for whom; reports pair the two.
    .remedy = Add a story of a place or of people who agreed to be named.
PLN098 = The waiver of { $code } on { $record } ended on { $expires_on }, and the finding is still there.
    .why = A waiver is a promise to mend something by a day; after that day the finding counts again, and { $author } took the responsibility.
    .remedy = Mend the finding, or renew the waiver with a new last day and a reason that still holds.
PLN099 = The waiver of { $code } on { $record } covers no finding.
    .why = A waiver left behind would silence the same finding, unseen, on the day it comes back.
    .remedy = Remove the waiver, or correct the code, record or field that it names.
