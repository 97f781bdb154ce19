-- Which class of failure came up where: what the recurrence of lessons is counted from. One an incident.
CREATE TABLE lesson_sightings (
  incident TEXT NOT NULL PRIMARY KEY,
  repository TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  sighting TEXT NOT NULL
);
CREATE INDEX lesson_sightings_repository ON lesson_sightings (repository, seen_at);
