mkdir -p testdata/fuzz/FuzzParse
test -s $INPUT && cp $INPUT testdata/fuzz/FuzzParse/one
$RUN -test.run '^FuzzParse$'
