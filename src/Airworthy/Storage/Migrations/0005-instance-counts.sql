-- What each instance did in a minute: failures that come in bursts are judged by instances' minutes, not by calls.
ALTER TABLE observation_instances ADD COLUMN calls BIGINT NOT NULL DEFAULT 0;
ALTER TABLE observation_instances ADD COLUMN bad BIGINT NOT NULL DEFAULT 0;
