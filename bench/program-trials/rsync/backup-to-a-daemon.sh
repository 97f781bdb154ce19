# A full copy and an incremental one beside it, to a daemon on this machine.
port=8730
mkdir -p source/inner store
echo one >source/a
echo two >source/inner/b
ln -s a source/link
case $MODULE in
  root) path=/ to=$(pwd)/store ;;
  *) path=$(pwd)/store to= ;;
esac
printf '[store]\npath = %s\nread only = no\nuse chroot = no\n' "$path" >daemon.conf
$RUN --daemon --no-detach --config=daemon.conf --address=127.0.0.1 --port=$port >daemon.log 2>&1 &
for _ in 1 2 3 4 5 6 7 8 9 10; do
  $RUN rsync://127.0.0.1:$port/ >/dev/null 2>&1 && break
  sleep 0.1
done
$RUN -a source/ "rsync://127.0.0.1:$port/store$to/full/" || exit
echo three >>source/a
$RUN -a $FLAGS source/ "rsync://127.0.0.1:$port/store$to/next/" || exit
$RUN -a $FLAGS "rsync://127.0.0.1:$port/store$to/next/" back/
code=$?
kill %1 2>/dev/null
rm -f daemon.log daemon.conf
exit $code
