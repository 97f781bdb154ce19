"""How long a server takes from its start until it answers, with a database of many rows.

  python3 bench/restart/measure.py AIRWORTHY REPOSITORY [PLACES] [MINUTES]

makes a database of PLACES places (100,000) with MINUTES minutes each (30), two instances, and starts the server on it three times.
"""
import os, shutil, signal, sqlite3, subprocess, sys, tempfile, time, urllib.request

direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
airworthy, repository = map(os.path.abspath, sys.argv[1:3])
places = int(sys.argv[3]) if len(sys.argv) > 3 else 100_000
minutes = int(sys.argv[4]) if len(sys.argv) > 4 else 30
folder = tempfile.mkdtemp(prefix='airworthy-restart-')
data = os.path.join(folder, 'data')


def start():
    began = time.monotonic()
    server = subprocess.Popen(
        [airworthy, 'serve', '--data', data, '--repo', repository, '--http', 'http://127.0.0.1:0', '--otlp-grpc', 'http://127.0.0.1:0', '--otlp-http', 'http://127.0.0.1:0'],
        stdout=subprocess.PIPE, text=True, cwd=folder)
    address = server.stdout.readline().split()[-1]
    listens = time.monotonic() - began
    while True:
        try:
            if direct.open(address + 'readyz', timeout=120).status == 200:
                return server, listens, time.monotonic() - began
        except urllib.request.HTTPError:
            time.sleep(0.02)


def stop(server):
    server.send_signal(signal.SIGKILL)
    server.wait()


try:
    stop(start()[0])
    with sqlite3.connect(os.path.join(data, 'airworthy.db')) as db:
        db.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
                   "INSERT INTO observation_keys SELECT i, 'd' || i, 'shop', 'production', '{\"serviceVersion\":\"1.0\"}', 'Shop.F' || i, 'src/F.cs', i, NULL, '', '', 'probe', 'all' FROM n", (places,))
        now = int(time.time() // 60 * 60) * 1_000_000
        db.execute("WITH RECURSIVE m(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM m WHERE j < ?) "
                   "INSERT INTO observations (key_id, minute, calls, bad) SELECT id, ? - j * 60000000, 100, 1 FROM observation_keys, m", (minutes - 1, now))
        for instance in ('one', 'two'):
            db.execute("INSERT INTO observation_instances (key_id, minute, instance, calls, bad) SELECT key_id, minute, ?, 50, 0 FROM observations", (instance,))
        db.execute("UPDATE markers SET value = ? WHERE name = 'observation-key'", (places,))
    db.close()
    size = os.path.getsize(os.path.join(data, 'airworthy.db')) / 2**20
    print(f'{places:,} places, {places * minutes * 3:,} rows of minutes, {size:,.0f} MiB')
    for _ in range(3):
        server, listens, ready = start()
        print(f'listens after {listens:.2f} s, ready after {ready:.2f} s')
        stop(server)
finally:
    shutil.rmtree(folder)
