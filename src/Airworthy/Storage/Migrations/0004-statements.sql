-- Which statements of a function ever ran in any process, as bits, up to 63 in a row; which, not only how many, is known now.
DROP TABLE ran_statements;

CREATE TABLE statement_flags (
  key_id BIGINT NOT NULL REFERENCES observation_keys (id),
  first_statement BIGINT NOT NULL,
  lines TEXT NOT NULL,
  ran BIGINT NOT NULL,
  minute BIGINT NOT NULL,
  PRIMARY KEY (key_id, first_statement)
);
