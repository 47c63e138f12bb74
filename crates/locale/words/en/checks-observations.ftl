OBS001 = { $state ->
        [whole] “{ $indicator }” records the state of the whole world as delivered ({ $n ->
                [one] one value
               *[other] { $n } values
            }): { $examples }.
       *[equal] “{ $indicator }” records as the programme's own what is the value of the world ({ $n ->
                [one] one value
               *[other] { $n } values
            }): { $examples }.
    }
    .why = A share of the world changes for many reasons. A programme that claims the change as its own cannot defend it, and loses the results that are really its own.
    .remedy = Record it with the scope “global”, and measure what changed where the programme worked.
OBS002 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } outside of its limits: { $examples }.
    .why = A share above 100 or a count below zero cannot be; in a mean it moves the figure of a whole region.
    .remedy = Correct the value, or the limits of the indicator if they are too narrow.
OBS003 = { $state ->
        [declared] “{ $indicator }” jumps where a new version of its definition begins ({ $n ->
                [one] one value
               *[other] { $n } values
            }): { $examples }.
       *[open] “{ $indicator }” jumps against its own history ({ $n ->
                [one] one value
               *[other] { $n } values
            }): { $examples }.
    }
    .why = A jump is a change of the world, of the method or of a digit. Only the source can say which, and a trend drawn across it may say nothing about the world.
    .remedy = Ask the source whether the method changed. If it did, record a new version of the definition; if not, correct the value.
OBS004 = “{ $indicator }” repeats one value for four or more periods ({ $n } series; { $n_unmarked } without being marked as estimated): { $examples }.
    .why = A value that is carried forward looks like a measurement that found no change.
    .remedy = Mark the repeated values as estimated or as not available, and ask for a new measurement.
OBS005 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } off by a factor of a thousand or a million: { $examples }.
    .why = A value written in thousands among values written in ones outweighs all others or vanishes among them.
    .remedy = Write the value in the unit of the indicator.
OBS006 = { $state ->
        [ahead] “{ $indicator }” has { $n ->
                [one] one value
               *[other] { $n } values
            } for a period that has not begun: { $examples }.
       *[running] “{ $indicator }” has { $n ->
                [one] one value
               *[other] { $n } values
            } for a period that is not over: { $examples }.
    }
    .why = Nobody has measured what has not happened yet; a plan or a forecast that stands among the values becomes a result.
    .remedy = Correct the period; record a plan as a target; or give the day of measurement.
OBS007 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } whose categories do not make the total: { $examples }.
    .why = Women and men together are everybody. Where they are not, the total or a group is wrong.
    .remedy = Correct the total or the category; if people may be counted in two categories, say that the dimension does not divide the whole.
OBS008 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } broken down by a dimension or a category that is not declared: { $examples }.
    .why = What is not declared enters no table and no sum, and a misspelt category looks like a missing one.
    .remedy = Declare the dimension at the indicator or the category at the dimension, or correct the code.
OBS009 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } that numerator and denominator do not give: { $examples }.
    .why = When places are added, the numerators and denominators are; a value that they do not give changes on the way up.
    .remedy = Find out which of the three is wrong, and correct it.
OBS010 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } that are zero and may be missing: { $examples }.
    .why = A missing figure is not a zero. A zero pulls every mean down and looks like a result.
    .remedy = If nobody measured, empty the value and record “not available”; if it is zero, say so in the comment.
OBS011 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } with neither source nor evidence: { $examples }.
    .why = A value that cannot be looked up can neither be defended nor corrected.
    .remedy = Name the source of the values, or of the indicator if all come from one.
OBS012 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } estimated on no stated basis: { $examples }.
    .why = An estimate is as good as its method; without it nobody can make the next one in the same way.
    .remedy = Say in the comment how it was estimated, or name the source.
OBS013 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } from a survey without a standard error: { $examples }.
    .why = Without its error nobody can tell whether a survey's figure has changed or was only drawn differently.
    .remedy = Ask for the standard error, or for the sample and how it was drawn.
OBS014 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } at a stage that may not follow the one before: { $examples }.
    .why = A plan that was adopted does not become a draft again. One of the two stages is wrong, or something was lost that is worth telling.
    .remedy = Correct the stage, record the one that was left out, or say in the comment what was lost.
OBS015 = “{ $indicator }” counts bodies in a place that is not theirs ({ $n ->
        [one] one value
       *[other] { $n } values
    }): { $examples }.
    .why = A city counted in another country is missing in its own and makes the other look better.
    .remedy = Correct the place of the value, or the place of the body.
OBS016 = “{ $project }” ({ $first } to { $last }) reports { $n ->
        [one] one value
       *[other] { $n } values
    } for periods outside of its life: { $examples }.
    .why = A project cannot deliver when it is not there. The period is wrong, or the value belongs to another project.
    .remedy = Correct the period, the project or its dates.
OBS017 = “{ $project }” reports { $n ->
        [one] one value
       *[other] { $n } values
    } for indicators that it has not declared: { $examples }.
    .why = What a project has not promised is not planned, not due and not missed when it stays away.
    .remedy = Add the indicator to the project, or correct the indicator or the project of the values.
OBS018 = “{ $indicator }” reports everything since the start, and falls ({ $n ->
        [one] one value
       *[other] { $n } values
    }): { $examples }.
    .why = What has been reached since the start can only grow. A lower value is the increment of one period, or a correction that nobody explained.
    .remedy = Correct the value that is wrong, or declare the indicator as incremental.
OBS019 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } still provisional two years after the period: { $examples }.
    .why = A provisional figure that nobody checks becomes final by age.
    .remedy = Check the values against their evidence and mark them verified or final.
OBS020 = “{ $indicator }”: two projects report the same figure for the same place and period ({ $n ->
        [one] one value
       *[other] { $n } values
    }): { $examples }.
    .why = The same people reported by two projects are counted twice in every sum above.
    .remedy = Record how the two projects overlap: shared, part of the other, or additive if the figures are equal by chance.
OBS021 = { $state ->
        [late] The period { $period } was closed on { $closed_on }; { $n ->
                [one] one value
               *[other] { $n } values
            } were measured later: { $examples }.
       *[open] The period { $period } was closed on { $closed_on }; { $n ->
                [one] one value
               *[other] { $n } values
            } in it are still provisional: { $examples }.
    }
    .why = What was reported from a closed period must stay as it was reported.
    .remedy = Open the period again with a reason and close it anew, or record the value for the period in which it was measured.
OBS022 = “{ $indicator }”: one project reports a place and also a place that contains it ({ $n ->
        [one] one value
       *[other] { $n } values
    }): { $examples }.
    .why = Values of places are added; a city within a country that is also reported counts twice.
    .remedy = Report the country without the city, or only one of the two.
OBS023 = “{ $indicator }” has { $n ->
        [one] one value
       *[other] { $n } values
    } recorded as zero whose comment says that there is no figure: { $examples }.
    .why = A missing figure is not a zero. As a zero it enters every mean, and nobody asks for it again.
    .remedy = Empty the value and record the status: not available, not applicable or not yet due.
