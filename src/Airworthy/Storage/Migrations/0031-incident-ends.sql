-- When and by what an incident was resolved last, and how often it came back since.
ALTER TABLE incidents ADD COLUMN resolved_at BIGINT;
ALTER TABLE incidents ADD COLUMN resolution TEXT;
ALTER TABLE incidents ADD COLUMN returns BIGINT NOT NULL DEFAULT 0;
