-- The first schema. One text for SQLite and PostgreSQL: TEXT and BIGINT only. Times are microseconds since 1970, UTC; nested nouns are
-- JSON. Text from outside may be longer than PostgreSQL indexes, so long keys are indexed by their SHA-256.

-- Numbers given out in order, and how far a reader got. Updating a row also makes writers of several nodes take turns.
CREATE TABLE markers (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO markers (name, value) VALUES ('sighting', 0);
INSERT INTO markers (name, value) VALUES ('observation-key', 0);
INSERT INTO markers (name, value) VALUES ('attribution', 0);
INSERT INTO markers (name, value) VALUES ('incident-position', 0);

-- Requests stored lately: one sent again counts once.
CREATE TABLE batches (
  digest TEXT PRIMARY KEY,
  arrived_at BIGINT NOT NULL
);
CREATE INDEX batches_by_arrival ON batches (arrived_at);

CREATE TABLE observation_keys (
  id BIGINT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  version TEXT NOT NULL,
  code_function TEXT,
  code_file TEXT,
  code_line BIGINT,
  operation TEXT,
  flag_variant TEXT NOT NULL,
  instance_group TEXT NOT NULL,
  source TEXT NOT NULL,
  sampling TEXT NOT NULL
);
CREATE INDEX observation_keys_by_service ON observation_keys (service);

CREATE TABLE observations (
  key_id BIGINT NOT NULL REFERENCES observation_keys (id),
  minute BIGINT NOT NULL,
  calls BIGINT NOT NULL,
  bad BIGINT NOT NULL,
  PRIMARY KEY (key_id, minute)
);

CREATE TABLE observation_instances (
  key_id BIGINT NOT NULL REFERENCES observation_keys (id),
  minute BIGINT NOT NULL,
  instance TEXT NOT NULL,
  PRIMARY KEY (key_id, minute, instance)
);

CREATE TABLE sightings (
  sequence BIGINT PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  version TEXT NOT NULL,
  instance TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  trace_id TEXT,
  span_id TEXT,
  exception_type TEXT,
  message TEXT,
  stack_trace TEXT,
  operation TEXT,
  signal TEXT NOT NULL
);

CREATE TABLE arrivals (
  digest TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  version TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  spans BIGINT NOT NULL,
  logs BIGINT NOT NULL,
  exceptions BIGINT NOT NULL,
  with_code BIGINT NOT NULL,
  unknown_sampling BIGINT NOT NULL
);
CREATE INDEX arrivals_by_service ON arrivals (service);

CREATE TABLE repositories (
  name TEXT PRIMARY KEY,
  location TEXT NOT NULL,
  origin TEXT
);

CREATE TABLE service_claims (
  service TEXT NOT NULL,
  repository TEXT NOT NULL,
  confirmed BIGINT NOT NULL,
  PRIMARY KEY (service, repository)
);

CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  title TEXT NOT NULL,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  source TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  episodes BIGINT NOT NULL,
  versions TEXT NOT NULL,
  stack TEXT NOT NULL,
  status TEXT NOT NULL,
  repository TEXT,
  attribution TEXT,
  answered BIGINT NOT NULL
);
CREATE INDEX incidents_by_last_seen ON incidents (last_seen);

CREATE TABLE episodes (
  incident TEXT NOT NULL REFERENCES incidents (id),
  episode TEXT NOT NULL,
  PRIMARY KEY (incident, episode)
);

-- Every answer an incident ever got, in order.
CREATE TABLE attributions (
  sequence BIGINT PRIMARY KEY,
  incident TEXT NOT NULL REFERENCES incidents (id),
  repository TEXT,
  attribution TEXT NOT NULL,
  answered_at BIGINT NOT NULL
);
CREATE INDEX attributions_by_incident ON attributions (incident);

CREATE TABLE changes (
  repository TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  landed TEXT NOT NULL,
  pull_request BIGINT,
  landed_at BIGINT NOT NULL,
  authorship TEXT NOT NULL,
  state TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (repository, id)
);

CREATE TABLE change_commits (
  repository TEXT NOT NULL,
  change TEXT NOT NULL,
  sha TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (repository, change, sha)
);

CREATE TABLE transitions (
  repository TEXT NOT NULL,
  change TEXT NOT NULL,
  position BIGINT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  moved_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  incident TEXT,
  policy_digest TEXT NOT NULL,
  PRIMARY KEY (repository, change, position)
);

CREATE TABLE lessons (
  id TEXT PRIMARY KEY,
  repository TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  lesson TEXT NOT NULL
);
CREATE INDEX lessons_by_repository ON lessons (repository);
