"""A server whose disk fills up: what it acknowledged must be counted, and what it refused taken once there is room.

  sudo python3 bench/disk-full/run.py AIRWORTHY

runs it on a file system of 3 MB (a tmpfs, hence root), sends batches of 100 spans until five in a row are refused, gives it 64 MB, sends three more, kills it and adds up the
database. Exits with 1 when the sum is not what was acknowledged.
"""
import contextlib, json, os, sqlite3, subprocess, sys, tempfile, time, urllib.error, urllib.request

direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
server = None
folder = tempfile.mkdtemp(prefix='airworthy-disk-full-')
subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=3m', 'none', folder], check=True)
any_port = 'http://127.0.0.1:0'


def send(port, batch):
    now = str(time.time_ns())
    spans = [{'traceId': '%032x' % (batch * 100 + i + 1), 'spanId': '%016x' % (i + 1), 'name': 'operation %d' % (batch * 100 + i), 'kind': 2,
              'startTimeUnixNano': now, 'endTimeUnixNano': now} for i in range(100)]
    attributes = [{'key': 'service.name', 'value': {'stringValue': 'shop'}}, {'key': 'service.instance.id', 'value': {'stringValue': str(batch)}}]
    body = json.dumps({'resourceSpans': [{'resource': {'attributes': attributes}, 'scopeSpans': [{'spans': spans}]}]}).encode()
    try:
        return direct.open(urllib.request.Request(f'{port}/v1/traces', body, {'Content-Type': 'application/json'}), timeout=60).status, ''
    except urllib.error.HTTPError as refused:
        return refused.code, f"Retry-After {refused.headers.get('Retry-After')}: {json.loads(refused.read())['message']}"


try:
    server = subprocess.Popen([sys.argv[1], 'serve', '--data', f'{folder}/data', '--http', any_port, '--otlp-grpc', any_port, '--otlp-http', any_port], stdout=subprocess.PIPE, text=True)
    port = None
    while port is None:
        line = server.stdout.readline()
        if not line:
            sys.exit('the server ended before it listened')
        port = line.split()[-1].rstrip('/') if line.startswith('OTLP over HTTP') else None
    acknowledged, refused, batch = 0, 0, 0
    while refused < 5:
        status, told = send(port, batch)
        acknowledged, refused, batch = acknowledged + (status == 200), 0 if status == 200 else refused + 1, batch + 1
        if refused == 1:
            print(f'after {acknowledged} batches: {status} {told}')
    subprocess.run(['mount', '-o', 'remount,size=64m', folder], check=True)
    acknowledged += sum(send(port, batch + i)[0] == 200 for i in range(3))
    server.kill()
    server.wait()
    with contextlib.closing(sqlite3.connect(f'{folder}/data/airworthy.db')) as database:
        counted = database.execute('SELECT SUM(calls) FROM observations').fetchone()[0]
    print(f'acknowledged {acknowledged * 100} spans, counted {counted}')
finally:
    if server:
        server.kill()
        server.wait()
    subprocess.run(['umount', folder], check=True)
    os.rmdir(folder)
sys.exit(0 if counted == acknowledged * 100 else 1)
