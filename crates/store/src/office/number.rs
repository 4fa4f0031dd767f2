//! The numbers of an office's permits: one series a year, without a gap.

use cites::AgencyId;
use permits::{NumberForm, PermitNumber};

use super::Series;
use crate::executor::{ReadError, Row, values};
use crate::work::{Write, columns};
use crate::{Store, Version, Work};

/// How an office writes its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSeries {
    /// The office.
    pub office: AgencyId,
    /// Its version.
    pub version: Version,
    /// The form.
    pub form: NumberForm,
}

/// The next number of an office, which the permit of the deed bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenNumber {
    /// As it is printed.
    pub number: PermitNumber,
    /// Its year and serial number.
    pub series: Series,
}

const ONE: &str = "SELECT office, version, form FROM number_series WHERE office = $1";

impl NumberSeries {
    fn read(row: &Row) -> Result<NumberSeries, ReadError> {
        Ok(NumberSeries {
            office: row.parsed("office")?,
            version: Version(row.int("version")?),
            form: row.parsed("form")?,
        })
    }
}

impl Store {
    /// How an office writes its numbers, by the key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn number_series(&self, office: AgencyId) -> Result<Option<NumberSeries>, ReadError> {
        self.pool.row(ONE, values![office]).await?.as_ref().map(NumberSeries::read).transpose()
    }

    /// The serial numbers that an office gave in a year, in order, for whoever looks for breaks; by their index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn serials(&self, office: AgencyId, year: i16) -> Result<Vec<u32>, ReadError> {
        let sql = "SELECT serial FROM permit WHERE office = $1 AND year = $2 ORDER BY serial";
        let rows = self.pool.rows(sql, values![office, i64::from(year)]).await?;
        rows.iter().map(|row| serial(row.count("serial")?)).collect()
    }
}

impl Work {
    /// Loads how an office writes its numbers and holds it.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn number_series(&mut self, office: AgencyId) -> Result<Option<NumberSeries>, ReadError> {
        self.head(ONE, values![office]).await?.as_ref().map(NumberSeries::read).transpose()
    }

    /// Saves how an office writes its numbers with the deed.
    pub fn put_number_series(&mut self, series: &NumberSeries) {
        self.collect(Write::Head {
            table: "number_series",
            key: columns!["office" => series.office],
            version: series.version,
            columns: columns!["form" => series.form.to_string()],
            has_made_at: false,
        });
    }

    /// The next number of an office in a year: one more than the highest, while nobody else can take one. The permit
    /// that bears it must be saved with the deed; a deed that is given up takes none. `None` where the office has no
    /// form of numbers. Costs one look at the end of the index of serial numbers.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn take_number(
        &mut self,
        office: AgencyId,
        year: i16,
    ) -> Result<Option<TakenNumber>, ReadError> {
        let Some(kept) = self.number_series(office).await? else { return Ok(None) };
        let highest = match self.books.serials.get(&(office, year)) {
            Some(taken) => *taken,
            None => {
                let sql = "SELECT MAX(serial) AS highest FROM permit WHERE office = $1 AND year = $2";
                let rows = self.seen(sql, values![office, i64::from(year)]).await?;
                let highest = rows.first().map(|row| row.maybe_int("highest")).transpose()?.flatten();
                serial(u64::try_from(highest.unwrap_or(0)).unwrap_or(0))?
            }
        };
        let next = serial(u64::from(highest) + 1)?;
        self.books.serials.insert((office, year), next);
        let series = Series { year, serial: next };
        Ok(Some(TakenNumber { number: kept.form.number(year, next), series }))
    }
}

pub(super) fn serial(number: u64) -> Result<u32, ReadError> {
    let too_high = |error| ReadError::Unreadable { column: "serial".to_owned(), source: Box::new(error) };
    u32::try_from(number).map_err(too_high)
}
