-- The steps of open traces, a row a request; rewritten or deleted when traces in it are closed.
CREATE TABLE workflow_parts (
  digest TEXT PRIMARY KEY,
  arrived_at BIGINT NOT NULL,
  traces TEXT NOT NULL
);

-- Traces that were closed: what comes of them later is late.
CREATE TABLE workflow_closed (
  trace TEXT PRIMARY KEY,
  closed_at BIGINT NOT NULL
);
CREATE INDEX workflow_closed_by_time ON workflow_closed (closed_at);

-- One trace in how many was looked at, the most in a second over all nodes; no row where all were.
CREATE TABLE workflow_choices (
  second BIGINT PRIMARY KEY,
  one_in BIGINT NOT NULL
);

CREATE TABLE workflow_shapes (
  id TEXT PRIMARY KEY,
  steps TEXT NOT NULL
);

CREATE TABLE workflow_counts (
  digest TEXT PRIMARY KEY,
  shape TEXT NOT NULL,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  version TEXT NOT NULL,
  is_test BIGINT NOT NULL,
  traces BIGINT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  example TEXT NOT NULL
);
CREATE INDEX workflow_counts_by_service ON workflow_counts (service);
CREATE INDEX workflow_counts_by_shape ON workflow_counts (shape);

CREATE TABLE workflow_omissions (
  service TEXT PRIMARY KEY,
  late_spans BIGINT NOT NULL,
  spans_left_out BIGINT NOT NULL
);
