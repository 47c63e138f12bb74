//! One function per use case. Opens the ports (register, lake), holds the current snapshot, and hands
//! answers to the faces.
//!
//! Invariant: no sentence for a person and no mark-up is made here; faces reach figures only through here.

pub mod analyses;
mod areas;
mod atlas;
pub mod audit;
mod backup;
mod check;
mod codes;
mod data;
mod demo;
mod enter;
mod error;
mod examine;
mod export;
mod figures;
mod frameworks;
mod history;
pub mod households;
mod import;
mod indicator;
pub mod instrument;
mod investments;
mod jobs;
mod json;
mod kept;
mod letters;
mod listing;
mod logfile;
mod mail;
mod observatory;
mod observed;
mod open;
pub mod people;
mod personal;
mod place;
mod place_scores;
mod plans;
pub mod proposals;
mod relocate;
mod reports;
mod running;
mod schema;
mod search;
pub mod space;
mod survey;
mod verify;
pub mod view;
mod witness;
mod world;

pub use areas::{Membership, areas_of, members_of};
pub use atlas::{Scale, WorldPackage, atlas, install_world_at, read_world};
pub use backup::{
    BackedUp, Chosen, Finding, Given, Readable, Restored, Schedule, Which, back_up, back_up_when_due, backups,
    choose_run, prune_backups, restore, run_backups, verify_backup,
};
pub use check::{Loaded, load_files, read_path};
pub use checks::Report;
pub use codes::{CodeDoc, code_doc, code_docs, codes_markdown};
pub use data::ServeLock;
pub use demo::load_demo;
pub use engine::{
    Peers,
    frameworks::{
        Found, FrameworkIndicator, Frameworks, Gap, GapMatrix, GapState, LEAST_SAMPLE, Listing as FrameworkListing,
        OLD_AFTER_YEARS, Relation, Tally, WIDEST_CV, Weakness,
    },
};
pub use engine::{
    investments::{Criterion, Priority, Weights},
    outlook::Outlook,
    regions::{Origin, Region, Vintages},
};
pub use enter::{EnteredCell, EntryFilter, attach_evidence, enter, entry_grid, evidence, waive};
pub use error::AppError;
pub use examine::{Examined, SegmentFile, examine};
pub use exchange::{NamedBytes, csv_row};
pub use export::{Selection, export_folder, export_parquet, export_xlsx, template_xlsx};
pub use figures::{FigureFilter, figures};
pub use frameworks::{
    Cell, FrameworkCard, GapQuestion, Gaps, MeasuredColumns, Supplier, framework_cards, frameworks, frameworks_json,
    gap_matrix, gaps_csv, gaps_json, umf_cells,
};
pub use history::{change, changes, history, undo, vital};
pub use import::{all_findings_csv, confirm_import, corrections_xlsx, preview, preview_import};
pub use indicator::{OnMaps, explain, indicator_sheet, on_maps, place_figures, place_figures_of, sources_of};
pub use investments::{
    InvestmentLine, InvestmentList, InvestmentQuestion, Unranked, invested_places, investment_list, investments_csv,
    investments_geojson, investments_json,
};
pub use jobs::{Jobs, run_jobs};
pub use json::{figure_json, standing_json, status_json};
pub use kept::Kept;
pub use letters::{Sent, send_letters};
pub use listing::{Head, Listing, Stretch, head, observation_row, record};
pub use logfile::export_log;
pub use mail::{Mail, MailSettings, forgot_password, send_link};
pub use model::{Audience, Publicity, publicity::publicity};
pub use observatory::{
    BesidePoint, DrawnSample, IndexCard, MeasuredIn, SampleRequest, SlumBeside, SlumChoices, SlumGroups, SlumQuestion,
    SlumSeries, beside_choices, compare_samples, draw_sample, estimate_sample, evaluate_city_samples, evaluate_index,
    evaluate_outlooks, evaluate_shipped_index, explore_index, index_card, index_cards, people_of, slum_choices,
    slum_groups, slum_groups_json, slum_name, slum_series, slum_series_json, slum_years, slums_beside,
};
pub use open::{App, OpenMode, is_data_folder};
pub use personal::erase_value;
pub use place::{
    Measured, PeerGroup, PeerLine, PlaceProfile, Surroundings, country_of, place_is_below, place_profile, surroundings,
};
pub use place_scores::{AxisName, PlaceScore, ScoreAxis, place_scores};
pub use plans::{default_plan, duties, findings, overview, plans, series, tracking, tree};
pub use register::{access, lane};
pub use relocate::{Moved, copy_register};
pub use reports::{progress_report_html, progress_report_xlsx, tracking_xlsx};
pub use running::{Held, Unready};
pub use schema::{schema_markdown, type_name};
pub use search::{search, title_of};
pub use shapes::{destination, write_whole};
pub use snapshot::Snapshot;
pub use store::{Connections, RequestKey};
pub use survey::{Collecting, describe_microdata, estimate_cases};
pub use vault::{Keep, Manifest, Pruned, Vault, Whom, new_identity, run_name};
pub use verify::{BrokenAt, Verdict, parse_head, verify};
pub use view::*;
pub use witness::{Witness, tell_head};
pub use world::{World, empty_snapshot};
