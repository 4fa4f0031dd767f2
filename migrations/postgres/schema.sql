-- What all migrations give, written by COUNTRYGATE_WRITE=1; never edited by hand.

column account.id text collate "C" not null
column account.version bigint not null
column account.login text collate "C" not null
column account.name text collate "C" not null
column account.mail text collate "C"
column account.language text collate "C" not null
column account.agency text collate "C"
column account.rights bigint not null
column account.barred bigint not null
column account.made_at text collate "C" not null
column account.changed_at text collate "C" not null
constraint account.account_agency_fkey FOREIGN KEY (agency) REFERENCES agency(id)
constraint account.account_barred_check CHECK ((barred = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint account.account_pkey PRIMARY KEY (id)
CREATE UNIQUE INDEX account_by_login ON public.account USING btree (login)
CREATE INDEX account_of_agency ON public.account USING btree (agency, id)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
column account_role.account text collate "C" not null
column account_role.role text collate "C" not null
constraint account_role.account_role_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint account_role.account_role_pkey PRIMARY KEY (account, role)
CREATE INDEX account_role_by_role ON public.account_role USING btree (role, account)
CREATE UNIQUE INDEX account_role_pkey ON public.account_role USING btree (account, role)
column agency.id text collate "C" not null
column agency.version bigint not null
column agency.name text collate "C" not null
column agency.authorities text collate "C" not null
column agency.source text collate "C"
column agency.changed_at text collate "C" not null
constraint agency.agency_pkey PRIMARY KEY (id)
CREATE UNIQUE INDEX agency_by_name ON public.agency USING btree (name)
CREATE UNIQUE INDEX agency_pkey ON public.agency USING btree (id)
column api_token.id text collate "C" not null
column api_token.account text collate "C" not null
column api_token.secret_hash text collate "C" not null
column api_token.label text collate "C" not null
column api_token.scopes text collate "C" not null
column api_token.made_at text collate "C" not null
column api_token.until_at text collate "C" not null
column api_token.revoked_at text collate "C"
column api_token.used_at text collate "C"
constraint api_token.api_token_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint api_token.api_token_pkey PRIMARY KEY (id)
CREATE UNIQUE INDEX api_token_by_hash ON public.api_token USING btree (secret_hash)
CREATE INDEX api_token_of_account ON public.api_token USING btree (account, made_at)
CREATE UNIQUE INDEX api_token_pkey ON public.api_token USING btree (id)
column application.id text collate "C" not null
column application.version bigint not null
column application.operator text collate "C" not null
column application.agency text collate "C"
column application.kind text collate "C"
column application.state text collate "C" not null
column application.state_json text collate "C" not null
column application.review_state text collate "C"
column application.review_json text collate "C"
column application.asked text collate "C" not null
column application.due text collate "C" not null
column application.submitted_on text collate "C"
column application.edition text collate "C"
column application.assessment_json text collate "C"
column application.made_at text collate "C" not null
column application.changed_at text collate "C" not null
column application.stopped_by text collate "C"
column application.stopped_question bigint
column application.review_agency text collate "C"
constraint application.application_agency_fkey FOREIGN KEY (agency) REFERENCES agency(id)
constraint application.application_operator_fkey FOREIGN KEY (operator) REFERENCES operator(id)
constraint application.application_pkey PRIMARY KEY (id)
constraint application.application_review_agency_fkey FOREIGN KEY (review_agency) REFERENCES agency(id)
CREATE INDEX application_in_review ON public.application USING btree (review_agency, review_state, due, id)
CREATE INDEX application_in_time ON public.application USING btree (made_at, id)
CREATE INDEX application_of_agency ON public.application USING btree (agency, made_at, id)
CREATE INDEX application_of_operator ON public.application USING btree (operator, made_at, id)
CREATE UNIQUE INDEX application_pkey ON public.application USING btree (id)
CREATE INDEX application_queue ON public.application USING btree (agency, state, due, id)
column application_hand.application text collate "C" not null
column application_hand.hand text collate "C" not null
column application_hand.account text collate "C" not null
constraint application_hand.application_hand_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint application_hand.application_hand_application_fkey FOREIGN KEY (application) REFERENCES application(id)
constraint application_hand.application_hand_pkey PRIMARY KEY (application, hand, account)
CREATE UNIQUE INDEX application_hand_pkey ON public.application_hand USING btree (application, hand, account)
column application_let_in.application text collate "C" not null
column application_let_in.agency text collate "C" not null
constraint application_let_in.application_let_in_agency_fkey FOREIGN KEY (agency) REFERENCES agency(id)
constraint application_let_in.application_let_in_application_fkey FOREIGN KEY (application) REFERENCES application(id)
constraint application_let_in.application_let_in_pkey PRIMARY KEY (application, agency)
CREATE INDEX application_let_in_of_agency ON public.application_let_in USING btree (agency, application)
CREATE UNIQUE INDEX application_let_in_pkey ON public.application_let_in USING btree (application, agency)
column attachment.id text collate "C" not null
column attachment.version bigint not null
column attachment.application text collate "C" not null
column attachment.name text collate "C" not null
column attachment.media_type text collate "C" not null
column attachment.size bigint not null
column attachment.sha256 text collate "C" not null
column attachment.bytes bytea not null
column attachment.account text collate "C" not null
column attachment.made_at text collate "C" not null
column attachment.removed_at text collate "C"
constraint attachment.attachment_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint attachment.attachment_application_fkey FOREIGN KEY (application) REFERENCES application(id)
constraint attachment.attachment_pkey PRIMARY KEY (id)
CREATE INDEX attachment_of_application ON public.attachment USING btree (application, made_at, id)
CREATE UNIQUE INDEX attachment_pkey ON public.attachment USING btree (id)
column consultation.application text collate "C" not null
column consultation.question bigint not null
column consultation.version bigint not null
column consultation.asked_of text collate "C" not null
column consultation.agency text collate "C"
column consultation.letter text collate "C" not null
column consultation.asked_on text collate "C" not null
column consultation.answer text collate "C"
column consultation.answered_on text collate "C"
column consultation.changed_at text collate "C" not null
column consultation.advice_json text collate "C"
constraint consultation.consultation_agency_fkey FOREIGN KEY (agency) REFERENCES agency(id)
constraint consultation.consultation_application_fkey FOREIGN KEY (application) REFERENCES application(id)
constraint consultation.consultation_check CHECK (((answer IS NULL) = (answered_on IS NULL)))
constraint consultation.consultation_pkey PRIMARY KEY (application, question)
CREATE INDEX consultation_open ON public.consultation USING btree (agency, asked_on, application) WHERE (answered_on IS NULL)
CREATE UNIQUE INDEX consultation_pkey ON public.consultation USING btree (application, question)
column credential.id text collate "C" not null
column credential.account text collate "C" not null
column credential.kind text collate "C" not null
column credential.label text collate "C" not null
column credential.secret text collate "C" not null
column credential.counter bigint not null
column credential.made_at text collate "C" not null
column credential.used_at text collate "C"
constraint credential.credential_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint credential.credential_kind_check CHECK ((kind = ANY (ARRAY['password'::text, 'one-time-code'::text, 'passkey'::text, 'recovery-codes'::text])))
constraint credential.credential_pkey PRIMARY KEY (id)
CREATE INDEX credential_of_account ON public.credential USING btree (account, kind)
CREATE UNIQUE INDEX credential_one_password ON public.credential USING btree (account) WHERE (kind = 'password'::text)
CREATE UNIQUE INDEX credential_pkey ON public.credential USING btree (id)
column establishment.id text collate "C" not null
column establishment.version bigint not null
column establishment.kind text collate "C" not null
column establishment.number text collate "C" not null
column establishment.name text collate "C" not null
column establishment.country text collate "C" not null
column establishment.operator text collate "C"
column establishment.content_json text collate "C" not null
column establishment.registered_on text collate "C"
column establishment.ended_on text collate "C"
column establishment.changed_at text collate "C" not null
constraint establishment.establishment_kind_check CHECK ((kind = ANY (ARRAY['breeding-operation'::text, 'nursery'::text, 'scientific-institution'::text])))
constraint establishment.establishment_operator_fkey FOREIGN KEY (operator) REFERENCES operator(id)
constraint establishment.establishment_pkey PRIMARY KEY (id)
CREATE INDEX establishment_by_name ON public.establishment USING btree (kind, name, id)
CREATE INDEX establishment_by_number ON public.establishment USING btree (kind, country, number)
CREATE INDEX establishment_of_operator ON public.establishment USING btree (operator)
CREATE UNIQUE INDEX establishment_pkey ON public.establishment USING btree (id)
column event.id text collate "C" not null
column event.at text collate "C" not null
column event.actor text collate "C" not null
column event.account text collate "C"
column event.agency text collate "C"
column event.token text collate "C"
column event.job text collate "C"
column event.roles text collate "C" not null
column event.deed text collate "C" not null
column event.thing_kind text collate "C" not null
column event.thing text collate "C" not null
column event.thing_version bigint not null
column event.before_json text collate "C"
column event.after_json text collate "C"
column event.edition text collate "C"
constraint event.event_actor_check CHECK ((actor = ANY (ARRAY['person'::text, 'token'::text, 'job'::text])))
constraint event.event_check CHECK (((actor = 'job'::text) = (job IS NOT NULL)))
constraint event.event_check1 CHECK (((actor = 'job'::text) = (account IS NULL)))
constraint event.event_check2 CHECK (((actor = 'token'::text) = (token IS NOT NULL)))
constraint event.event_pkey PRIMARY KEY (id)
CREATE INDEX event_in_time ON public.event USING btree (at, id)
CREATE INDEX event_of_account ON public.event USING btree (account, at, id)
CREATE INDEX event_of_thing ON public.event USING btree (thing_kind, thing, at, id)
CREATE UNIQUE INDEX event_pkey ON public.event USING btree (id)
CREATE TRIGGER event_is_not_changed BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER event_is_not_emptied BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
column foreign_paper.id text collate "C" not null
column foreign_paper.version bigint not null
column foreign_paper.issuer text collate "C" not null
column foreign_paper.number text collate "C" not null
column foreign_paper.kind text collate "C" not null
column foreign_paper.issued_on text collate "C"
column foreign_paper.last_day text collate "C"
column foreign_paper.content_json text collate "C" not null
column foreign_paper.made_at text collate "C" not null
column foreign_paper.changed_at text collate "C" not null
constraint foreign_paper.foreign_paper_pkey PRIMARY KEY (id)
CREATE UNIQUE INDEX foreign_paper_by_number ON public.foreign_paper USING btree (issuer, number)
CREATE UNIQUE INDEX foreign_paper_pkey ON public.foreign_paper USING btree (id)
column foreign_paper_line.paper text collate "C" not null
column foreign_paper_line.line bigint not null
column foreign_paper_line.kingdom text collate "C"
column foreign_paper_line.taxon text collate "C"
column foreign_paper_line.unit text collate "C" not null
column foreign_paper_line.millionths bigint not null
column foreign_paper_line.content_json text collate "C" not null
constraint foreign_paper_line.foreign_paper_line_millionths_check CHECK ((millionths >= 0))
constraint foreign_paper_line.foreign_paper_line_paper_fkey FOREIGN KEY (paper) REFERENCES foreign_paper(id)
constraint foreign_paper_line.foreign_paper_line_pkey PRIMARY KEY (paper, line)
CREATE UNIQUE INDEX foreign_paper_line_pkey ON public.foreign_paper_line USING btree (paper, line)
CREATE TRIGGER foreign_paper_line_is_not_changed BEFORE DELETE OR UPDATE ON public.foreign_paper_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER foreign_paper_line_is_not_emptied BEFORE TRUNCATE ON public.foreign_paper_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
column foreign_paper_use.event text collate "C" not null
column foreign_paper_use.place bigint not null
column foreign_paper_use.paper text collate "C" not null
column foreign_paper_use.line bigint not null
column foreign_paper_use.unit text collate "C" not null
column foreign_paper_use.millionths bigint not null
column foreign_paper_use.day text collate "C" not null
column foreign_paper_use.port text collate "C"
column foreign_paper_use.reference text collate "C"
column foreign_paper_use.at text collate "C" not null
constraint foreign_paper_use.foreign_paper_use_event_fkey FOREIGN KEY (event) REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED
constraint foreign_paper_use.foreign_paper_use_millionths_check CHECK ((millionths >= 0))
constraint foreign_paper_use.foreign_paper_use_paper_fkey FOREIGN KEY (paper) REFERENCES foreign_paper(id)
constraint foreign_paper_use.foreign_paper_use_pkey PRIMARY KEY (event, place)
CREATE INDEX foreign_paper_use_of_line ON public.foreign_paper_use USING btree (paper, line, unit, millionths)
CREATE UNIQUE INDEX foreign_paper_use_pkey ON public.foreign_paper_use USING btree (event, place)
CREATE TRIGGER foreign_paper_use_is_not_changed BEFORE DELETE OR UPDATE ON public.foreign_paper_use FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER foreign_paper_use_is_not_emptied BEFORE TRUNCATE ON public.foreign_paper_use FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
column idempotency_key.actor text collate "C" not null
column idempotency_key.name text collate "C" not null
column idempotency_key.request_hash text collate "C" not null
column idempotency_key.reply_status bigint
column idempotency_key.reply bytea
column idempotency_key.made_at text collate "C" not null
column idempotency_key.until_at text collate "C" not null
constraint idempotency_key.idempotency_key_pkey PRIMARY KEY (actor, name)
CREATE UNIQUE INDEX idempotency_key_pkey ON public.idempotency_key USING btree (actor, name)
CREATE INDEX idempotency_key_until ON public.idempotency_key USING btree (until_at)
column invitation.id text collate "C" not null
column invitation.secret_hash text collate "C" not null
column invitation.account text collate "C" not null
column invitation.purpose text collate "C" not null
column invitation.made_at text collate "C" not null
column invitation.until_at text collate "C" not null
column invitation.used_at text collate "C"
constraint invitation.invitation_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint invitation.invitation_pkey PRIMARY KEY (id)
constraint invitation.invitation_purpose_check CHECK ((purpose = ANY (ARRAY['first-administrator'::text, 'welcome'::text, 'reset'::text])))
CREATE UNIQUE INDEX invitation_by_hash ON public.invitation USING btree (secret_hash)
CREATE INDEX invitation_of_account ON public.invitation USING btree (account)
CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (id)
column migration.name text collate "default" not null
column migration.hash text collate "default" not null
column migration.applied_at text collate "default" not null
constraint migration.migration_pkey PRIMARY KEY (name)
CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (name)
column number_series.office text collate "C" not null
column number_series.version bigint not null
column number_series.form text collate "C" not null
column number_series.changed_at text collate "C" not null
constraint number_series.number_series_office_fkey FOREIGN KEY (office) REFERENCES agency(id)
constraint number_series.number_series_pkey PRIMARY KEY (office)
CREATE UNIQUE INDEX number_series_pkey ON public.number_series USING btree (office)
column operator.id text collate "C" not null
column operator.version bigint not null
column operator.name text collate "C" not null
column operator.country text collate "C" not null
column operator.address text collate "C" not null
column operator.agency text collate "C"
column operator.content_json text collate "C" not null
column operator.made_at text collate "C" not null
column operator.changed_at text collate "C" not null
constraint operator.operator_agency_fkey FOREIGN KEY (agency) REFERENCES agency(id)
constraint operator.operator_pkey PRIMARY KEY (id)
CREATE INDEX operator_by_name ON public.operator USING btree (name, id)
CREATE UNIQUE INDEX operator_pkey ON public.operator USING btree (id)
column operator_agent.operator text collate "C" not null
column operator_agent.account text collate "C" not null
column operator_agent.since_at text collate "C" not null
constraint operator_agent.operator_agent_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint operator_agent.operator_agent_operator_fkey FOREIGN KEY (operator) REFERENCES operator(id)
constraint operator_agent.operator_agent_pkey PRIMARY KEY (operator, account)
CREATE INDEX operator_agent_of_account ON public.operator_agent USING btree (account, operator)
CREATE UNIQUE INDEX operator_agent_pkey ON public.operator_agent USING btree (operator, account)
column outbox.event text collate "C" not null
column outbox.place bigint not null
column outbox.kind text collate "C" not null
column outbox.target text collate "C" not null
column outbox.payload text collate "C" not null
column outbox.due_at text collate "C" not null
column outbox.attempts bigint not null default 0
column outbox.taken_by text collate "C"
column outbox.done_at text collate "C"
column outbox.given_up_at text collate "C"
column outbox.last_error text collate "C"
constraint outbox.outbox_event_fkey FOREIGN KEY (event) REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED
constraint outbox.outbox_kind_check CHECK ((kind = ANY (ARRAY['mail'::text, 'webhook'::text])))
constraint outbox.outbox_pkey PRIMARY KEY (event, place)
CREATE INDEX outbox_calls ON public.outbox USING btree (target, event, place) WHERE (kind = 'webhook'::text)
CREATE INDEX outbox_due ON public.outbox USING btree (due_at, event, place) WHERE ((done_at IS NULL) AND (given_up_at IS NULL))
CREATE INDEX outbox_given_up ON public.outbox USING btree (given_up_at) WHERE (given_up_at IS NOT NULL)
CREATE UNIQUE INDEX outbox_pkey ON public.outbox USING btree (event, place)
column permit.id text collate "C" not null
column permit.version bigint not null
column permit.number text collate "C" not null
column permit.office text collate "C" not null
column permit.year bigint
column permit.serial bigint
column permit.kind text collate "C" not null
column permit.application text collate "C"
column permit.operator text collate "C" not null
column permit.state text collate "C" not null
column permit.state_json text collate "C" not null
column permit.issued_on text collate "C" not null
column permit.last_day text collate "C" not null
column permit.replaces text collate "C"
column permit.edition text collate "C"
column permit.face_json text collate "C" not null
column permit.changed_at text collate "C" not null
column permit.copy_awaited_since text collate "C"
column permit.amendment_asked_on text collate "C"
constraint permit.permit_application_fkey FOREIGN KEY (application) REFERENCES application(id)
constraint permit.permit_check CHECK (((year IS NULL) = (serial IS NULL)))
constraint permit.permit_office_fkey FOREIGN KEY (office) REFERENCES agency(id)
constraint permit.permit_operator_fkey FOREIGN KEY (operator) REFERENCES operator(id)
constraint permit.permit_pkey PRIMARY KEY (id)
constraint permit.permit_replaces_fkey FOREIGN KEY (replaces) REFERENCES permit(id)
CREATE INDEX permit_awaits_copy ON public.permit USING btree (office, copy_awaited_since, id) WHERE (copy_awaited_since IS NOT NULL)
CREATE UNIQUE INDEX permit_by_number ON public.permit USING btree (number)
CREATE UNIQUE INDEX permit_by_serial ON public.permit USING btree (office, year, serial)
CREATE INDEX permit_in_time ON public.permit USING btree (issued_on, id)
CREATE INDEX permit_live ON public.permit USING btree (state, last_day, id)
CREATE INDEX permit_of_application ON public.permit USING btree (application)
CREATE INDEX permit_of_office ON public.permit USING btree (office, issued_on, id)
CREATE INDEX permit_of_operator ON public.permit USING btree (operator, issued_on, id)
CREATE UNIQUE INDEX permit_pkey ON public.permit USING btree (id)
CREATE INDEX permit_to_amend ON public.permit USING btree (office, amendment_asked_on, id) WHERE (amendment_asked_on IS NOT NULL)
column permit_line.permit text collate "C" not null
column permit_line.line bigint not null
column permit_line.kingdom text collate "C" not null
column permit_line.taxon text collate "C" not null
column permit_line.unit text collate "C" not null
column permit_line.quota text collate "C"
column permit_line.content_json text collate "C" not null
constraint permit_line.permit_line_permit_fkey FOREIGN KEY (permit) REFERENCES permit(id)
constraint permit_line.permit_line_pkey PRIMARY KEY (permit, line)
constraint permit_line.permit_line_quota_fkey FOREIGN KEY (quota) REFERENCES quota(id)
CREATE INDEX permit_line_of_taxon ON public.permit_line USING btree (kingdom, taxon, permit)
CREATE UNIQUE INDEX permit_line_pkey ON public.permit_line USING btree (permit, line)
CREATE TRIGGER permit_line_is_not_changed BEFORE DELETE OR UPDATE ON public.permit_line FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER permit_line_is_not_emptied BEFORE TRUNCATE ON public.permit_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
column permit_move.event text collate "C" not null
column permit_move.place bigint not null
column permit_move.permit text collate "C" not null
column permit_move.line bigint not null
column permit_move.kind text collate "C" not null
column permit_move.millionths bigint not null
column permit_move.day text collate "C" not null
column permit_move.port text collate "C"
column permit_move.at text collate "C" not null
constraint permit_move.permit_move_event_fkey FOREIGN KEY (event) REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED
constraint permit_move.permit_move_millionths_check CHECK ((millionths > 0))
constraint permit_move.permit_move_permit_line_fkey FOREIGN KEY (permit, line) REFERENCES permit_line(permit, line)
constraint permit_move.permit_move_pkey PRIMARY KEY (event, place)
CREATE INDEX permit_move_of_line ON public.permit_move USING btree (permit, line, kind, millionths)
CREATE UNIQUE INDEX permit_move_pkey ON public.permit_move USING btree (event, place)
CREATE TRIGGER permit_move_is_not_changed BEFORE DELETE OR UPDATE ON public.permit_move FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER permit_move_is_not_emptied BEFORE TRUNCATE ON public.permit_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
column quota.id text collate "C" not null
column quota.version bigint not null
column quota.agency text collate "C" not null
column quota.year bigint not null
column quota.country text collate "C" not null
column quota.kingdom text collate "C" not null
column quota.taxon text collate "C" not null
column quota.term text collate "C" not null
column quota.source text collate "C" not null
column quota.purpose text collate "C" not null
column quota.unit text collate "C" not null
column quota.basis text collate "C" not null
column quota.changed_at text collate "C" not null
constraint quota.quota_agency_fkey FOREIGN KEY (agency) REFERENCES agency(id)
constraint quota.quota_pkey PRIMARY KEY (id)
CREATE INDEX quota_of_agency ON public.quota USING btree (agency, year, id)
CREATE INDEX quota_of_taxon ON public.quota USING btree (kingdom, taxon, year)
CREATE UNIQUE INDEX quota_of_what ON public.quota USING btree (year, country, kingdom, taxon, term, source, purpose, unit)
CREATE UNIQUE INDEX quota_pkey ON public.quota USING btree (id)
column quota_move.event text collate "C" not null
column quota_move.place bigint not null
column quota_move.quota text collate "C" not null
column quota_move.application text collate "C"
column quota_move.kind text collate "C" not null
column quota_move.millionths bigint not null
column quota_move.at text collate "C" not null
constraint quota_move.quota_move_application_fkey FOREIGN KEY (application) REFERENCES application(id)
constraint quota_move.quota_move_event_fkey FOREIGN KEY (event) REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED
constraint quota_move.quota_move_millionths_check CHECK ((millionths > 0))
constraint quota_move.quota_move_pkey PRIMARY KEY (event, place)
constraint quota_move.quota_move_quota_fkey FOREIGN KEY (quota) REFERENCES quota(id)
CREATE INDEX quota_move_of_application ON public.quota_move USING btree (application, quota)
CREATE INDEX quota_move_of_quota ON public.quota_move USING btree (quota, kind, application, millionths)
CREATE UNIQUE INDEX quota_move_pkey ON public.quota_move USING btree (event, place)
CREATE TRIGGER quota_move_is_not_changed BEFORE DELETE OR UPDATE ON public.quota_move FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER quota_move_is_not_emptied BEFORE TRUNCATE ON public.quota_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
column session.id text collate "C" not null
column session.account text collate "C" not null
column session.token_hash text collate "C" not null
column session.former_hash text collate "C"
column session.former_why text collate "C"
column session.begun_at text collate "C" not null
column session.seen_at text collate "C" not null
column session.rotated_at text collate "C" not null
column session.rights bigint not null
column session.second_factor bigint not null
column session.revoked_at text collate "C"
column session.address text collate "C" not null
column session.device text collate "C" not null
constraint session.session_account_fkey FOREIGN KEY (account) REFERENCES account(id)
constraint session.session_former_why_check CHECK ((former_why = ANY (ARRAY['time'::text, 'rights'::text])))
constraint session.session_pkey PRIMARY KEY (id)
constraint session.session_second_factor_check CHECK ((second_factor = ANY (ARRAY[(0)::bigint, (1)::bigint])))
CREATE INDEX session_by_age ON public.session USING btree (begun_at)
CREATE UNIQUE INDEX session_by_former ON public.session USING btree (former_hash)
CREATE UNIQUE INDEX session_by_token ON public.session USING btree (token_hash)
CREATE INDEX session_of_account ON public.session USING btree (account, begun_at)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id)
column setting.name text collate "C" not null
column setting.version bigint not null
column setting.value_json text collate "C" not null
column setting.changed_at text collate "C" not null
constraint setting.setting_pkey PRIMARY KEY (name)
CREATE UNIQUE INDEX setting_pkey ON public.setting USING btree (name)
column sign_in_try.login text collate "C" not null
column sign_in_try.address text collate "C" not null
column sign_in_try.at text collate "C" not null
column sign_in_try.passed bigint not null
constraint sign_in_try.sign_in_try_passed_check CHECK ((passed = ANY (ARRAY[(0)::bigint, (1)::bigint])))
CREATE INDEX sign_in_try_in_time ON public.sign_in_try USING btree (at)
CREATE INDEX sign_in_try_of_address ON public.sign_in_try USING btree (address, at)
CREATE INDEX sign_in_try_of_login ON public.sign_in_try USING btree (login, at)
column stamp_entry.event text collate "C" not null
column stamp_entry.place bigint not null
column stamp_entry.office text collate "C" not null
column stamp_entry.first bigint not null
column stamp_entry.last bigint not null
column stamp_entry.fate text collate "C"
column stamp_entry.permit text collate "C"
column stamp_entry.at text collate "C" not null
constraint stamp_entry.stamp_entry_check CHECK ((first <= last))
constraint stamp_entry.stamp_entry_check1 CHECK (((fate IS NULL) OR (first = last)))
constraint stamp_entry.stamp_entry_event_fkey FOREIGN KEY (event) REFERENCES event(id) DEFERRABLE INITIALLY DEFERRED
constraint stamp_entry.stamp_entry_fate_check CHECK ((fate = ANY (ARRAY['issued'::text, 'spoiled'::text, 'lost'::text])))
constraint stamp_entry.stamp_entry_office_fkey FOREIGN KEY (office) REFERENCES number_series(office)
constraint stamp_entry.stamp_entry_permit_fkey FOREIGN KEY (permit) REFERENCES permit(id)
constraint stamp_entry.stamp_entry_pkey PRIMARY KEY (event, place)
CREATE INDEX stamp_entry_of_office ON public.stamp_entry USING btree (office, fate, first)
CREATE INDEX stamp_entry_of_permit ON public.stamp_entry USING btree (permit)
CREATE UNIQUE INDEX stamp_entry_once ON public.stamp_entry USING btree (office, first, fate) WHERE (fate IS NOT NULL)
CREATE UNIQUE INDEX stamp_entry_pkey ON public.stamp_entry USING btree (event, place)
CREATE TRIGGER stamp_entry_is_not_changed BEFORE DELETE OR UPDATE ON public.stamp_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER stamp_entry_is_not_emptied BEFORE TRUNCATE ON public.stamp_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
column webhook.id text collate "C" not null
column webhook.version bigint not null
column webhook.operator text collate "C"
column webhook.agency text collate "C"
column webhook.url text collate "C" not null
column webhook.secret text collate "C" not null
column webhook.deeds text collate "C" not null
column webhook.active bigint not null
column webhook.changed_at text collate "C" not null
constraint webhook.webhook_active_check CHECK ((active = ANY (ARRAY[(0)::bigint, (1)::bigint])))
constraint webhook.webhook_agency_fkey FOREIGN KEY (agency) REFERENCES agency(id)
constraint webhook.webhook_check CHECK (((operator IS NULL) <> (agency IS NULL)))
constraint webhook.webhook_operator_fkey FOREIGN KEY (operator) REFERENCES operator(id)
constraint webhook.webhook_pkey PRIMARY KEY (id)
CREATE INDEX webhook_of_agency ON public.webhook USING btree (agency, active)
CREATE INDEX webhook_of_operator ON public.webhook USING btree (operator, active)
CREATE UNIQUE INDEX webhook_pkey ON public.webhook USING btree (id)
