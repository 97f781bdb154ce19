-- Which functions the traces of an operation's failures went through, as told: what a span that names no code leads to. The row without a function counts the traces.
CREATE TABLE operation_frames (
  digest TEXT PRIMARY KEY,
  service TEXT NOT NULL,
  operation TEXT NOT NULL,
  code_function TEXT NOT NULL,
  code_file TEXT NOT NULL,
  traces BIGINT NOT NULL
);
CREATE INDEX operation_frames_by_service ON operation_frames (service, operation);
