-- The share of traffic that a feature flag gives its change, and since when: by it the split that was seen is judged.
CREATE TABLE flag_ramps (
  repository TEXT NOT NULL,
  flag TEXT NOT NULL,
  ramp TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (repository, flag)
);
