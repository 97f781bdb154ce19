-- How long calls took on each instance in a minute, as "above:up_to:calls …": what is judged of times is an instance's minute, as of failures.
CREATE TABLE instance_durations (
  key_id BIGINT NOT NULL REFERENCES observation_keys (id),
  minute BIGINT NOT NULL,
  instance TEXT NOT NULL,
  buckets TEXT NOT NULL,
  PRIMARY KEY (key_id, minute, instance)
);
