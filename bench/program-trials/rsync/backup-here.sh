# A full copy, a change, and an incremental copy beside it, on this machine.
mkdir -p source/inner
echo one >source/a
echo two >source/inner/b
ln -s a source/link
touch -d 2020-01-01 source/inner/b
$RUN -a source/ full/ || exit
echo three >>source/a
rm source/link
$RUN -a $FLAGS source/ next/
