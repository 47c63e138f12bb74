//! Projects and what hangs on them.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Id, Money, Text},
};

use super::{Indicator, Place, Plan, Result, Source, Unit};

code_list! {
    /// State of a project.
    ProjectStatus as "project-status" {
        /// Being written.
        Draft = "draft",
        /// Approved by the review group.
        Approved = "approved",
        /// Running.
        Running = "running",
        /// Work ended, accounts open.
        Completed = "completed",
        /// Closed.
        Closed = "closed",
    }
}

record! {
    /// A project: budget, places, partners and the results it works for.
    Project as "project" in "projects" {
        /// Code.
        own [id]: Id<Project>,
        /// Name.
        [title]: Text,
        /// State.
        [status]: ProjectStatus,
        /// The unit that runs it.
        [unit]: Option<Id<Unit>>,
        /// The project that it is a part of.
        [parent]: Option<Id<Project>>,
        /// First day.
        [starts_on]: Date,
        /// Last day.
        [ends_on]: Option<Date>,
        /// Budget.
        [budget]: Money,
        /// Budget line for evaluation.
        [evaluation_budget]: Option<Money>,
        /// Administrative cost within the budget.
        [administration]: Option<Money>,
        /// Where it works.
        [places]: Vec<Id<Place>>,
        /// Results it works for.
        [results]: Vec<Id<Result>>,
        /// Indicators it reports on.
        [indicators]: Vec<Id<Indicator>>,
        /// Donors.
        [donors]: Vec<Code>,
        /// Partners.
        [partners]: Vec<Code>,
        /// When the authorities of the host country were consulted.
        [consulted_on]: Option<Date>,
        /// When it was approved.
        [approved_on]: Option<Date>,
        /// When environmental and social safeguards were screened.
        [safeguards_on]: Option<Date>,
        /// Share of the budget for normative work, 0 to 1.
        [normative_share]: Option<f64>,
        /// Country programme that it follows.
        [country_programme]: Option<Id<Plan>>,
        /// Spatial scales: neighbourhood, city, metropolitan, national, …
        [scales]: Vec<Code>,
        /// What it does.
        [summary]: Option<Text>,
    }
}

record! {
    /// A score of a project on a cross-cutting issue, with its reason.
    Marker as "marker" in "markers" {
        /// The project.
        key [project]: Id<Project>,
        /// The issue: gender, youth, climate, human_rights, …
        key [marker]: Code,
        /// 0 none, 1 some, 2 significant, 3 principal.
        [score]: Whole<0, 3>,
        /// Why.
        [justification]: Option<String>,
    }
}

code_list! {
    /// What sort of output.
    OutputKind as "output-kind" {
        /// A norm, guideline, tool or policy.
        Normative = "normative",
        /// Work on the ground.
        Operational = "operational",
    }
}

record! {
    /// Something that a project delivers.
    Output as "output" in "outputs" {
        /// Code.
        own [id]: Id<Output>,
        /// The project.
        [project]: Id<Project>,
        /// The result it serves.
        [result]: Option<Id<Result>>,
        /// What it is.
        [title]: Text,
        /// What sort of output.
        [kind]: OutputKind,
        /// By when.
        [due_on]: Option<Date>,
        /// When it was delivered.
        [delivered_on]: Option<Date>,
    }
}

code_list! {
    /// How a project's figures stand to those of another project.
    OverlapRelation as "overlap-relation" {
        /// They add up.
        Additive = "additive",
        /// They are a part of the other's.
        Subset = "subset",
        /// They are the same as the other's.
        Shared = "shared",
        /// Nobody knows; the sum is an interval.
        Unknown = "unknown",
    }
}

record! {
    /// How one project's figures for an indicator overlap with another's. Overlap is data, not arithmetic.
    Overlap as "overlap" in "overlaps" {
        /// The indicator.
        key [indicator]: Id<Indicator>,
        /// The project.
        key [project]: Id<Project>,
        /// The other project.
        key [with_project]: Id<Project>,
        /// How they stand to each other.
        [relation]: OverlapRelation,
        /// Why.
        [reason]: Option<String>,
    }
}

record! {
    /// A share of a person's time on a project's team. Persons are known by a code, never by name.
    Assignment as "assignment" in "assignments" {
        /// Code of the person.
        key [person]: Code,
        /// The project.
        key [project]: Id<Project>,
        /// First day.
        key [starts_on]: Date,
        /// Last day.
        [ends_on]: Option<Date>,
        /// Share of working time, 0 to 1.
        [share]: f64,
        /// Whether the person answers for cross-cutting issues.
        [cross_cutting]: Option<bool>,
        /// Days recorded so far.
        [days_recorded]: Option<Whole<0, 100_000>>,
    }
}

code_list! {
    /// How far an investment has come.
    InvestmentStage as "investment-stage" {
        /// An idea with a place and a rough cost.
        Idea = "idea",
        /// Its feasibility is being studied.
        Feasibility = "feasibility",
        /// Studied and ready to be financed.
        Ready = "ready",
        /// Its money is agreed.
        Financed = "financed",
        /// Being built.
        Construction = "construction",
        /// In use.
        Completed = "completed",
        /// Given up.
        Dropped = "dropped",
    }
}

code_list! {
    /// Who pays for an investment, or is asked to.
    FinanceSource as "finance-source" {
        /// The city's own money.
        City = "city",
        /// The budget of the country or the province.
        Government = "government",
        /// A loan of a development bank.
        DevelopmentBank = "development_bank",
        /// A grant.
        Grant = "grant",
        /// A fund for climate or the environment.
        ClimateFund = "climate_fund",
        /// Private money, alone or in partnership.
        Private = "private",
        /// Savings and work of the people who will use it.
        Community = "community",
        /// Nobody yet.
        Open = "open",
    }
}

record! {
    /// An investment that a place needs: the line of a city's list of capital investments.
    Investment as "investment" in "investments" {
        /// Code.
        own [id]: Id<Investment>,
        /// What is built, in a few words.
        [title]: Text,
        /// The place that needs it.
        [place]: Id<Place>,
        /// Longitude of the site in degrees east; that of the place when empty.
        [longitude]: Option<f64>,
        /// Latitude of the site in degrees north; that of the place when empty.
        [latitude]: Option<f64>,
        /// The indicator that says how great the need is there.
        [need]: Option<Id<Indicator>>,
        /// People who will use it.
        [people]: Option<Whole<1, 20_000_000_000>>,
        /// What it costs to build.
        [cost]: Money,
        /// How much of that is agreed already, in the same currency.
        [secured]: Option<Money>,
        /// Who pays for most of it, or is asked to.
        [finance]: FinanceSource,
        /// How far it has come.
        [stage]: InvestmentStage,
        /// The project that prepares it.
        [project]: Option<Id<Project>>,
        /// Where it comes from.
        [source]: Option<Id<Source>>,
        /// What somebody who decides should know.
        [note]: Option<Text>,
    }
}
