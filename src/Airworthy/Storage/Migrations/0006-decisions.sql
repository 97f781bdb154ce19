-- What a named person decided of a change, as long as it holds: one a change.
CREATE TABLE decisions (
  repository TEXT NOT NULL,
  change TEXT NOT NULL,
  state TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  PRIMARY KEY (repository, change)
);
