-- Grows with what a change is (its commits, who wrote it), not with where it stands: what was read at one version need not be read again.
ALTER TABLE changes ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
