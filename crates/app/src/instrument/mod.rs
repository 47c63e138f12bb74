//! Questionnaires: which there are, how one's own come to be among them, the form about a record, handing in, the result, and all that were filled.

mod add;
mod catalogue;
mod form;
mod list;
mod live;
mod own;
mod proof;
mod response;
mod result;
mod rounds;
mod save;
mod score_file;

pub use add::{InstrumentDraft, add_instrument, instrument_draft};
pub use catalogue::{check_instrument, find_instrument, is_shipped, known_instruments};
pub use engine::instrument::{
    Advised, Answers, Change, DISAGREEMENT, Given, NONE_OF_THESE, QuestionScore, Questionnaire, Scored, SectionChange,
    SectionScore, Spread, Standing, Verdict, Views, offers_none,
};
pub use form::{FormStart, InstrumentForm, instrument_form};
pub use list::{InstrumentCard, instruments};
pub use live::live_instrument;
pub(crate) use own::own;
pub use proof::attach_proof;
pub use response::{ResponseLine, responses};
pub use result::{InRound, ResponseResult, response_result};
pub use save::{Filled, save_response};
pub use score_file::score_answers;
