FCT001 = { $state ->
        [decided] “{ $title }” says { $value }; the claim that is followed ({ $other }) says { $kept }.
       *[open] “{ $title }” says { $value }, but { $other } says { $kept }, and nobody has decided ({ $subject }).
    }
    .why = Both claims will be quoted; without a decision and its reason each reader decides for himself.
    .remedy = Choose one claim and give the reason, or say that both hold and why they differ. Keep both.
FCT002 = “{ $title }” says { $value }, but { $other_id } says { $other }: a factor of { $factor }.
    .why = “Hundred” in place of “hundred million” is printed easily and quoted for years.
    .remedy = Choose the figure that other sources support, reject the other with the reason, and keep both.
FCT003 = “{ $title }” says { $value }, but another claim puts it between { $first } and { $last }.
    .why = An event with two dates is counted twice in calendars and once wrongly in reports.
    .remedy = Choose one date and give the reason; keep both claims.
FCT004 = { $stated } % of { $base } would be { $would_be }, but { $amount } is given ({ $percent } %); it would fit a base of { $fits } (“{ $title }”).
    .why = The base is usually another one than the text says; whoever computes with it gets a figure that nobody meant.
    .remedy = Name the base that the percentage is really of, or record which of the three figures is at fault.
FCT005 = The parts of “{ $title }” ({ $n }) add up to { $sum }, not to { $total }: a difference of { $difference }.
    .why = When parts and whole disagree, one of them was printed wrongly, and tables made of them carry it on.
    .remedy = Find the figure at fault in the source; keep it and record a corrected claim beside it.
FCT006 = “{ $title }” says { $value } for { $year }; the newest value is { $newest } for { $newest_year }.
    .why = Each figure belongs to its printed year and the later one does not replace it; quoted without its year, the older one looks like today's.
    .remedy = Always quote the value with its year; use the newest when the present is meant.
FCT007 = For { $year }, “{ $title }” projects { $value }; another projection says { $other }.
    .why = A projection belongs to the day when it was made; the later one knows more, and the older one explains older plans.
    .remedy = Quote the projection with its source; choose the newest one for new plans.
FCT008 = “{ $title }” is a share of { $value } %.
    .why = No part is larger than its whole; such a figure was misread, or is not a share.
    .remedy = Correct the figure, or say in the title that it is a change.
FCT009 = “{ $title }” has no source.
    .why = A figure that nobody can look up cannot be defended, corrected or dated.
    .remedy = Name the source and, where there is one, the paragraph.
FCT010 = “{ $title }” is disputed, and nobody has decided.
    .why = Documents disagree about it; whoever uses the figure should know before the reader does.
    .remedy = Record each claim as a fact of its own with the same subject, and choose one with a reason.
FCT011 = “{ $title }”: both { $value } and { $other } are chosen.
    .why = One fact has one value that is followed; with two, pages and reports differ by chance.
    .remedy = Choose one and reject the other, or say that both hold.
FCT012 = { $verdict ->
        [chosen] “{ $title }” was chosen without a reason.
       *[rejected] “{ $title }” was rejected without a reason.
    }
    .why = A decision without its reason is taken again by the next person, perhaps the other way.
    .remedy = Write one sentence that says why.
FCT013 = “{ $title }” is called an observation of { $year }, which has not begun.
    .why = Nobody has observed the future; it is a projection or a target, and is compared and charted as such.
    .remedy = Call it a projection or a target, or correct the year.
FCT014 = The concept “{ $concept }” ({ $language }) has the wordings { $wordings }; preferred: { $n }.
    .why = Two names for one thing are taken for two things, in the text and in the search.
    .remedy = Mark one wording as preferred and the others as variants.
FCT015 = The title says “{ $wording }”; “{ $preferred }” is preferred.
    .why = A new text with an old wording is not found by those who search for the preferred one, and carries the variant on.
    .remedy = Use the preferred wording, unless the title quotes a document word for word.
FIN001 = { $state ->
        [mended] The recorded parts ({ $n }) add up to { $sum }, not to { $total }; with the corrected figure they fit.
       *[open] The recorded parts ({ $n }) add up to { $sum }, not to { $total }: a difference of { $difference }.
    }
    .why = When parts and total disagree, one of the printed figures is wrong, and nobody knows which until it is settled.
    .remedy = Find the figure at fault in the source; keep the printed one and record the corrected one beside it.
FIN002 = { $actual } is { $percent } % of { $base }, but { $stated } % is printed, which would be { $fits }.
    .why = Readers remember the percentage and auditors recompute it; when the two disagree, neither figure can be quoted.
    .remedy = Find out which of the two the source means; keep the printed figure and record the corrected one beside it.
FIN003 = { $printed } is printed, but { $fits } fits both: { $stated } % of { $base }, and the total of { $total } less its other parts.
    .why = Two independent statements of the same document agree on another figure; the printed one is almost certainly a misprint, and every sum made with it is wrong.
    .remedy = Record the figure that fits as an amount of its own that corrects the printed one, and keep both.
FIN004 = { $state ->
        [share] The year { $printed } is printed, but the amount is { $stated } % of an amount of { $year }.
       *[recorded] The year { $printed } is printed, but { $year } is recorded.
    }
    .why = A figure under the wrong year is counted twice in one year and is missing in the other.
    .remedy = Keep the printed year in its own column, record the year that the arithmetic gives, and ask the source.
FIN005 = { $actual } { $currency } of { $year } is printed without a state and taken to be final.
    .why = A preliminary figure quoted as final comes back as an error of the audit.
    .remedy = Ask the source and record preliminary or final; where nobody knows any more, leave it.
FIN006 = “{ $fund }” has a mandate ({ $mandate }) and no money.
    .why = The mandate is alive and asks for work that nobody pays; the governing body should see that.
    .remedy = Raise the money, or ask the governing body to end the mandate.
FIN007 = The forecasts for { $year } ({ $n }) have the rounds { $rounds }.
    .why = Each round is history: only their order shows what the measures changed.
    .remedy = Number the rounds in the order in which they were made.
FIN008 = In { $year }, { $actual } came in of a target of { $target }: { $percent } %.
    .why = What was not received was planned for; the gap says which results went without.
    .remedy = Adjust the programme to the money, or say how the gap was bridged.
FIN009 = { $value } stands among amounts of about { $usual }: a factor of { $factor } lies between them.
    .why = Amounts are typed in dollars, thousands or millions; one row in another unit outweighs or hides all others.
    .remedy = Bring the amount to whole units of its currency.
FIN010 = The part is in { $part }, its total in { $total }.
    .why = Pledges stay in their own currency; added as they are, 15 million Canadian dollars would count as 15 million US dollars.
    .remedy = Take the part out of the total, or record beside it the amount in the total's currency with the rate and the day.
FIN011 = For { $year } stand { $value } and { $other }, with the same coverage.
    .why = Whoever adds up the fund counts both, and whoever quotes it picks one.
    .remedy = Say what each figure covers, or which of them corrects the other.
FIN012 = Core money was { $now } % of income in { $year }, after { $then } % in { $before }.
    .why = Core money pays for steering, norms and evaluation; where it falls, projects grow without them.
    .remedy = Bring it before the governing body with the measures taken.
FIN013 = In { $year } the largest donors gave { $top } of { $total }: { $percent } %.
    .why = When a few donors carry a fund, the decision of one of them can stop its work.
    .remedy = Watch the share, and seek further donors.
FIN014 = { $state ->
        [year] { $plan } allots money for { $year }, when it is not in force.
       *[result] { $plan } allots money to { $result }, which is not its own.
    }
    .why = Money that is allotted outside of its programme has no authority behind it, and no report shows it.
    .remedy = Correct the year or the result, or allot the money in the programme in force.
FIN015 = The deficit of { $year } stands as { $actual }, above zero.
    .why = Deficits are recorded below zero; a positive one is added as if it were income.
    .remedy = Put the minus, or correct the kind of the amount.
MND001 = { $organ } { $kind } { $number } is already recorded as { $other }.
    .why = A mandate is known by organ, type and number together; recorded twice, its duties are counted and answered twice.
    .remedy = Merge the two records into one.
MND002 = { $kind } { $number } of { $organ } is not { $other } { $number }: they are two mandates.
    .why = They are two; whoever quotes the number alone gets the wrong one half of the time.
    .remedy = Nothing to mend. Always quote organ, type and number.
MND003 = { $number } and { $other } are both called “{ $title }”: they stay two mandates.
    .why = Two mandates with one title, such as 21/4 and 22/8 on basic services, are easily taken for one, and the duty of the second is lost.
    .remedy = Keep both. Where one follows the other, say so in the title in brackets.
MND004 = “{ $mandate }” governs no result.
    .why = A mandate tied to no result is nobody's work, and its duty to report finds no one.
    .remedy = Name the results that the mandate governs, or mark it as general.
MND005 = “{ $mandate }”: { $n } of { $all } reports are missing: { $missing }.
    .why = A report that a governing body asked for and did not get is the first thing that it asks about.
    .remedy = Report, and record the report as a follow-up of the mandate.
MND006 = { $number } “{ $mandate }” has no follow-up; { $n } of { $all } of session { $session } have one.
    .why = A governing body is told of every resolution of a session or of none; the one that is left out looks hidden.
    .remedy = Record how far the resolution has been carried out.
MND007 = { $number } stands under { $organ }, whose sessions are { $first } to { $last }; an organ before or after it may be meant.
    .why = Each organ took over the numbering of the one before; a resolution under the wrong organ is not found by anybody who looks for it.
    .remedy = Correct the organ or the number; if documents disagree, keep the reading that the session's year supports.
MND008 = The session “{ $session }” has no expected outcomes.
    .why = What was not expected beforehand cannot be found missing afterwards.
    .remedy = Write down what the session should bring about before it takes place.
MND009 = The event ended on { $end }, and the template of “{ $session }” has not come back.
    .why = What a session agreed is lost within weeks unless somebody writes it down.
    .remedy = Ask the rapporteur for the template, and record the day and the outcomes.
MND010 = No unit answers for the reports that “{ $mandate }” asks for.
    .why = A duty that nobody owns is remembered by the body that asked, too late.
    .remedy = Name the unit that reports.
MND011 = The follow-up of { $on } is older than its mandate of { $year }.
    .why = Nothing can be carried out before it was asked for; one of the two dates is wrong, or the follow-up belongs to another mandate.
    .remedy = Correct the date, or move the follow-up to the mandate that it is about.
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
PLN007 = Areas of the plan: { $areas }; subprogrammes of this programme: { $subprogrammes }{ $units ->
        [0] .
       *[other] ; leading units: { $units }.
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
PLN010 = Indicators of the programme: { $programme }; of its plan: { $plan }; the same in both: { $common }.
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
PLN028 = { $n ->
        [1] The area “{ $area }” was never evaluated before the plan ended on { $end }.
       *[other] None of the { $n } areas was evaluated before the plan ended on { $end }.
    }
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
PRJ001 = “{ $project }” ({ $budget } { $currency }) works for no result.
    .why = Work for no result is work that the plan did not ask for; its money and its figures are lost to every report.
    .remedy = Name the results that the project works for, or close it.
PRJ002 = “{ $project }” ({ $start } to { $end }) lies outside of “{ $plan }” and of every plan that it works for.
    .why = No plan was in force that could have asked for the work, and no report of the plan's years can hold its figures.
    .remedy = Work for a result of the plan in force during the project, or correct the dates.
PRJ003 = “{ $project }” has { $budget } USD, more than { $threshold }, and { $missing ->
        [normative] no normative output.
        [operational] no operational output.
       *[both] neither a normative nor an operational output.
    }
    .why = Large projects must turn their work on the ground into norms and test norms on the ground; one without the other changes one place or none.
    .remedy = Add the missing kind of output, or split off what needs none.
PRJ004 = “{ $project }” has { $budget } USD, more than { $threshold }, and no money for evaluation.
    .why = An evaluation that is not in the budget is not made, and a large project ends without anybody knowing what it changed.
    .remedy = Put a line for an external evaluation into the budget.
PRJ005 = “{ $project }” ({ $budget } USD, more than { $threshold }) has ended without an external evaluation.
    .why = Large projects owe an outside view of what they achieved; without it their lessons are only their own.
    .remedy = Have the project evaluated by outsiders and record the evaluation.
PRJ006 = “{ $project }” was approved with { $n } of { $all } markers; missing: { $missing }.
    .why = The markers are the quality assurance of the cross-cutting issues; scored after approval they change nothing.
    .remedy = Score the missing markers from 0 to 3 with a reason, and do not approve before.
PRJ007 = The marker { $marker } of { $project } is scored { $score } without a justification.
    .why = A high score claims that the issue shapes the project; without a reason it is decoration.
    .remedy = Write one sentence that says what in the project earns the score, or lower it.
PRJ008 = { $state ->
        [late] “{ $project }” was approved on { $approved }; the host authorities were consulted on { $consulted }.
       *[never] “{ $project }” was approved ({ $approved }) without consulting the host authorities ({ $consulted }).
    }
    .why = Authorities who first hear of a project when it is approved do not carry it on when it ends.
    .remedy = Consult the authorities of the host country while the project is formulated, and record the day.
PRJ009 = “{ $project }” was not screened for safeguards before its approval (approved: { $approved }; screened: { $screened }).
    .why = Harm that is found after approval has a budget line already.
    .remedy = Screen the project for safeguards before it is approved, and record the day.
PRJ010 = “{ $project }” has no spatial scale.
    .why = A city's figure and a country's figure cannot be set side by side; the scale says which of them a project delivers.
    .remedy = Record at least one spatial scale.
PRJ011 = “{ $project }” works in { $country } and does not name “{ $programme }”.
    .why = The country programme is what the host government agreed to; a project beside it competes with it.
    .remedy = Name the country programme that the project follows, or say why it follows none.
PRJ012 = On { $on }, { $person } is on { $n ->
        [one] one team
       *[other] { $n } teams
    } with { $percent } % in all.
    .why = Time that is promised twice is delivered once; one of the projects is late from its first day.
    .remedy = Lower a share, move the dates, or assign somebody else.
PRJ013 = { $person } is on the team until { $last }, but the project ended on { $end }.
    .why = A team lives as long as its project; then its people are free for other work.
    .remedy = End the assignment with the project and reassign the person.
PRJ014 = { $n ->
        [1] The one assignment to “{ $project }” is not for cross-cutting issues.
       *[other] None of the { $n } assignments to “{ $project }” is for cross-cutting issues.
    }
    .why = Gender, youth, climate and human rights are named in every project and worked on where somebody is paid to.
    .remedy = Add a cross-cutting member to the team, or mark the one who answers for it.
PRJ015 = “{ $project }” does not say how much of its { $budget } { $currency } is administrative cost.
    .why = Administrative cost is compared with each project's total; a project that does not state it drops out of the comparison.
    .remedy = Record the administrative cost within the budget.
PRJ016 = The output “{ $output }” serves no result.
    .why = Outputs are counted for the results that they serve; one that serves none is activity.
    .remedy = Name the result that the output serves.
PRJ017 = The parts of “{ $project }” ({ $n }) have { $sum }, more than its budget of { $budget }.
    .why = Money passed from a project to its parts is the same money; parts that exceed it spend what nobody gave.
    .remedy = Correct the budgets, or raise the budget of the project.
PRJ018 = “{ $project }” starts on { $start } and ends on { $end }.
    .why = No day lies in such a project, so nothing is due from it.
    .remedy = Correct the first or the last day.
PRJ019 = The assignment of { $person } to { $project } ended on { $end } without a day recorded.
    .why = The cost of people is the largest cost; without recorded days nobody knows what a project really took.
    .remedy = Record the days that were worked.
PRJ020 = The share { $share } is not between 0 and 1.
    .why = Shares are written 0 to 1; a 60 in place of 0.6 outweighs everything that it is added to.
    .remedy = Write the share between 0 and 1.
PRJ021 = “{ $project }” is past approval, but no day of approval is recorded.
    .why = Consultation, safeguards and markers must come before the approval; without its day nobody can tell whether they did.
    .remedy = Record the day on which the review group approved the project.
PRJ022 = “{ $project }” reports on { $indicator }, which measures { $result }, a result that it does not work for.
    .why = The figure is counted for a result whose money and work lie elsewhere, and the project's own result stays without figures.
    .remedy = Add the result to the project, or report on an indicator of its own results.
