-- What operators said that a service's telemetry means, in order: the last word counts, the earlier ones are kept.
CREATE TABLE service_mappings (
  position BIGINT PRIMARY KEY,
  service TEXT NOT NULL,
  kind TEXT NOT NULL,
  told TEXT NOT NULL,
  means TEXT NOT NULL,
  before TEXT,
  mapped_at BIGINT NOT NULL
);
CREATE INDEX service_mappings_by_service ON service_mappings (service);
INSERT INTO markers (name, value) VALUES ('mapping', 0);

-- Who does what only one of several servers may do, and until when.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  until BIGINT NOT NULL
);
