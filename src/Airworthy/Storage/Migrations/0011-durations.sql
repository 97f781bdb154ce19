-- How long calls took, in nanoseconds: a row an interval, as the sender's bounds had it, so that minutes and places add up in SQL.
CREATE TABLE durations (
  key_id BIGINT NOT NULL REFERENCES observation_keys (id),
  minute BIGINT NOT NULL,
  above BIGINT NOT NULL,
  up_to BIGINT NOT NULL,
  calls BIGINT NOT NULL,
  PRIMARY KEY (key_id, minute, above, up_to)
);

-- How the histograms of running processes stood when they were read last.
CREATE TABLE duration_series (
  series TEXT PRIMARY KEY,
  buckets TEXT NOT NULL,
  read_at BIGINT NOT NULL,
  arrived_at BIGINT NOT NULL
);
CREATE INDEX duration_series_by_arrival ON duration_series (arrived_at);

ALTER TABLE observations ADD COLUMN allocated_bytes BIGINT NOT NULL DEFAULT 0;
