-- How long calls of a change's units took before it shipped: by these thresholds its times are judged, whatever becomes usual later.
CREATE TABLE frozen_times (
  repository TEXT NOT NULL,
  change TEXT NOT NULL,
  median BIGINT NOT NULL,
  tail BIGINT NOT NULL,
  calls BIGINT NOT NULL,
  frozen_at BIGINT NOT NULL,
  PRIMARY KEY (repository, change)
);
