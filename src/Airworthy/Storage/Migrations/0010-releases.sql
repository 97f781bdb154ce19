-- Which version of a service came to run when, as deployment tools tell it. A rollback is open until its consequences were drawn.
CREATE TABLE releases (
  id TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  version TEXT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  source TEXT NOT NULL,
  is_open BIGINT NOT NULL
);
CREATE INDEX releases_by_service ON releases (service, at);
CREATE INDEX releases_open ON releases (is_open, at);
