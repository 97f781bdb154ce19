// Serves on a port of its own, calls itself (every third request fails), and ends: what it sent is then to be asked of the server.
//
//   npm install
//   OTEL_SERVICE_NAME=node-sender OTEL_RESOURCE_ATTRIBUTES=vcs.ref.head.revision=$(git rev-parse HEAD) \
//   OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 OTEL_METRICS_EXPORTER=otlp OTEL_LOGS_EXPORTER=otlp \
//     node --require @opentelemetry/auto-instrumentations-node/register service.js 30
//
const http = require('node:http');
const { trace } = require('@opentelemetry/api');

function total(order) {
  if (order % 3 === 0) {
    throw new RangeError(`order ${order} has no price`);
  }
  return order * 2;
}

const server = http.createServer((request, answer) => {
  try {
    answer.end(String(total(Number(request.url.split('/').pop()))));
  } catch (failure) {
    trace.getActiveSpan()?.recordException(failure);
    answer.statusCode = 500;
    answer.end('failed');
  }
});

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (let order = 1; order <= Number(process.argv[2] ?? 30); order++) {
    await (await fetch(`http://127.0.0.1:${port}/orders/${order}`)).text();
  }
  server.close();
  // The SDK sends what it still holds when it is told to end.
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 500);
});
