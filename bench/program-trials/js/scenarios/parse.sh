$RUN once $INPUT
