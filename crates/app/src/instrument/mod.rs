//! Questionnaires: which there are, the form about a record, handing in, the result, and all that were filled.

mod catalogue;
mod form;
mod list;
mod live;
mod response;
mod result;
mod rounds;
mod save;
mod score_file;

pub use catalogue::{check_instrument, find_instrument, known_instruments};
pub use engine::instrument::{
    Advised, Answers, Change, DISAGREEMENT, Given, NONE_OF_THESE, QuestionScore, Questionnaire, Scored, SectionChange,
    SectionScore, Spread, Standing, Verdict, Views, offers_none,
};
pub use form::{FormStart, InstrumentForm, instrument_form};
pub use list::{InstrumentCard, instruments};
pub use live::live_instrument;
pub use response::{ResponseLine, responses};
pub use result::{InRound, ResponseResult, response_result};
pub use save::{Filled, save_response};
pub use score_file::score_answers;
