-- Where the counters of running processes stood when they were read last: what they add is the difference.
CREATE TABLE counters (
  series TEXT PRIMARY KEY,
  value BIGINT NOT NULL,
  read_at BIGINT NOT NULL,
  arrived_at BIGINT NOT NULL
);
CREATE INDEX counters_by_arrival ON counters (arrived_at);

-- How many statements of a function ever ran, in the process that ran the most of them.
CREATE TABLE ran_statements (
  key_id BIGINT PRIMARY KEY REFERENCES observation_keys (id),
  ran BIGINT NOT NULL,
  statements BIGINT NOT NULL,
  minute BIGINT NOT NULL
);
