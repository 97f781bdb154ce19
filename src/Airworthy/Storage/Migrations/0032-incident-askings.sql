-- How often an incident's question was put anew: an answer to an earlier asking leaves it unanswered.
ALTER TABLE incidents ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;
