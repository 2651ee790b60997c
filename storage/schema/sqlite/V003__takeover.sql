-- A takeover cancels what the bot has not sent yet; sent rows are many, waiting ones few.
CREATE INDEX outbox_unsent ON outbox (conversation) WHERE state = 'queued';
