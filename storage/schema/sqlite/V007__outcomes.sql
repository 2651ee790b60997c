-- How dialogs ended, by time: for the share of matters that the bot settled by itself. Only such events are in it, some one in ten, and
-- their times grow, so new rows land at the end.
CREATE INDEX event_outcome ON event (at_ms) WHERE kind IN ('dialog.ended', 'handoff');
