-- The rest of the approval chain. Why a clock stands still, with whom a review is, and which copies and amendments are
-- awaited were facts of the JSON of a state alone, so that no queue could tell or look for them. An advice is kept in the
-- words of its finding and not only as text.

-- Whom the clock waits for, and for which question of the application; none while it runs.
ALTER TABLE application ADD COLUMN stopped_by TEXT;
ALTER TABLE application ADD COLUMN stopped_question INTEGER;
-- The agency of the State department that has the review, or had it.
ALTER TABLE application ADD COLUMN review_agency TEXT REFERENCES agency (id);

CREATE INDEX application_in_review ON application (review_agency, review_state, due, id);

ALTER TABLE consultation ADD COLUMN advice_json TEXT;

-- The release whose endorsed copy has not come, and the day on which an amendment was asked for that is not decided.
ALTER TABLE permit ADD COLUMN copy_awaited_since TEXT;
ALTER TABLE permit ADD COLUMN amendment_asked_on TEXT;

CREATE INDEX permit_awaits_copy ON permit (office, copy_awaited_since, id) WHERE copy_awaited_since IS NOT NULL;
CREATE INDEX permit_to_amend ON permit (office, amendment_asked_on, id) WHERE amendment_asked_on IS NOT NULL;
