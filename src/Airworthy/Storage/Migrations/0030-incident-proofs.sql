-- The experiment that named an incident's first bad commit: the last one told.
CREATE TABLE incident_proofs (
  incident TEXT PRIMARY KEY REFERENCES incidents (id),
  proof TEXT NOT NULL
);
