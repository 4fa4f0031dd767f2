-- The calls of a webhook, which its owner looks at. Mails are not looked at by their address.
CREATE INDEX outbox_calls ON outbox (target, event, place) WHERE kind = 'webhook';
