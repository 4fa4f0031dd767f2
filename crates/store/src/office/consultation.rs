//! Questions to the Scientific Authority or abroad, and their letters. That the clock stands still meanwhile is in the
//! state of the application, by the number of the question.

use cites::{AgencyId, ApplicationId, Day};
use permits::application::advice::Advice;

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Store, Version, Work};

/// A question with its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// The application.
    pub application: ApplicationId,
    /// The number of the question in the clock of the decision.
    pub question: u32,
    /// Its version.
    pub version: Version,
    /// Who was asked, as the letter names them.
    pub asked_of: String,
    /// The agency that was asked, where it shares the system.
    pub agency: Option<AgencyId>,
    /// The letter.
    pub letter: String,
    /// Its day.
    pub asked: Day,
    /// The answer, with its day.
    pub answer: Option<(String, Day)>,
    /// What the Scientific Authority advises, where it was asked and has answered.
    pub advice: Option<Advice>,
}

const COLUMNS: &str = "SELECT application, question, version, asked_of, agency, letter, asked_on, answer, answered_on, \
    advice_json \
    FROM consultation WHERE application = $1 ORDER BY question";

impl Consultation {
    fn read(row: &Row) -> Result<Consultation, ReadError> {
        let (answer, answered) = (row.maybe_text("answer")?, row.maybe_parsed("answered_on")?);
        Ok(Consultation {
            application: row.parsed("application")?,
            question: u32::try_from(row.count("question")?).unwrap_or(u32::MAX),
            version: Version(row.int("version")?),
            asked_of: row.text("asked_of")?,
            agency: row.maybe_parsed("agency")?,
            letter: row.text("letter")?,
            asked: row.parsed("asked_on")?,
            answer: answer.zip(answered),
            advice: row.maybe_json("advice_json")?,
        })
    }
}

impl Store {
    /// The questions about an application in their order, by the key.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn consultations(&self, application: ApplicationId) -> Result<Vec<Consultation>, ReadError> {
        all(&self.pool.rows(COLUMNS, values![application]).await?, Consultation::read)
    }
}

impl Work {
    /// Loads the questions about an application and holds them.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn consultations(
        &mut self,
        application: ApplicationId,
    ) -> Result<Vec<Consultation>, ReadError> {
        let mut found = all(&self.held(COLUMNS, values![application]).await?, Consultation::read)?;
        // What this deed puts is in its books, and not yet among the rows.
        for own in self.books.consultations.iter().filter(|own| own.application == application) {
            let own = Consultation { version: own.version.next(), ..own.clone() };
            match found.iter_mut().find(|kept| kept.question == own.question) {
                Some(kept) => *kept = own,
                None => found.push(own),
            }
        }
        Ok(found)
    }

    /// Saves a question, or its answer, with the deed.
    ///
    /// # Errors
    /// An advice that cannot be written as JSON, which none is.
    pub fn put_consultation(&mut self, consultation: &Consultation) -> Result<(), serde_json::Error> {
        self.books.consultations.push(consultation.clone());
        let advice = consultation.advice.as_ref().map(serde_json::to_string).transpose()?;
        let answer = consultation.answer.as_ref();
        self.collect(Write::Head {
            table: "consultation",
            key: columns![
                "application" => consultation.application,
                "question" => consultation.question,
            ],
            version: consultation.version,
            columns: columns![
                "asked_of" => &consultation.asked_of,
                "agency" => consultation.agency,
                "letter" => &consultation.letter,
                "asked_on" => consultation.asked,
                "answer" => answer.map(|(text, _)| text.as_str()),
                "answered_on" => answer.map(|(_, day)| *day),
                "advice_json" => advice,
            ],
            has_made_at: false,
        });
        Ok(())
    }
}
