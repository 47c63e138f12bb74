PLN001 = { $n ->
        [one] The plan has one result and no indicator at all.
       *[other] The plan has { $n } results and no indicator at all.
    }
    .why = Nobody can tell whether a plan without indicators works; its reviews and evaluations have nothing to measure.
    .remedy = Add at least one indicator to each strategic result, area and outcome, with a baseline and a target.
PLN098 = The waiver of { $code } on { $record } ended on { $expires_on }, and the finding is still there.
    .why = A waiver is a promise to mend something by a day; after that day the finding counts again, and { $author } took the responsibility.
    .remedy = Mend the finding, or renew the waiver with a new last day and a reason that still holds.
PLN099 = The waiver of { $code } on { $record } covers no finding.
    .why = A waiver left behind would silence the same finding, unseen, on the day it comes back.
    .remedy = Remove the waiver, or correct the code, record or field that it names.
