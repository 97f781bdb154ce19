-- Changes whose flags answer off by themselves, until a person decides.
CREATE TABLE switched_off (
  repository TEXT NOT NULL,
  change TEXT NOT NULL,
  switched_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (repository, change)
);

-- What others are told of, in order, written with what happened.
INSERT INTO markers (name, value) VALUES ('happening', 0);
CREATE TABLE happenings (
  sequence BIGINT PRIMARY KEY,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  happened_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX happenings_by_subject ON happenings (subject);

-- How far a target was given its deliveries, and each that is not done.
CREATE TABLE webhook_targets (
  name TEXT PRIMARY KEY,
  position BIGINT NOT NULL
);
CREATE TABLE deliveries (
  sequence BIGINT NOT NULL,
  target TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  error TEXT,
  PRIMARY KEY (sequence, target)
);
CREATE INDEX deliveries_by_state ON deliveries (state, next_at);

-- A person has seen that a change is suspect; nobody is told of some changes until a time.
CREATE TABLE acknowledgements (
  repository TEXT NOT NULL,
  change TEXT NOT NULL,
  acknowledged_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  acknowledged_at BIGINT NOT NULL,
  PRIMARY KEY (repository, change)
);
CREATE TABLE silences (
  subject TEXT PRIMARY KEY,
  silenced_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  silenced_at BIGINT NOT NULL,
  until BIGINT NOT NULL
);

-- Services that burn what may fail too fast, since when.
CREATE TABLE burning (
  service TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  reason TEXT NOT NULL
);
