import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Proxy {
  port: number;
  refusedHosts: string[];
  close(): Promise<void>;
}

/**
 * A CONNECT proxy that leads the sandbox's hosts to its server and refuses every other host, so that a browser runs the production build
 * against the vendors' real host names, and the refused list proves what else it tried to reach.
 */
export async function startProxy(options: { port: number; target: number; hosts: readonly string[] }): Promise<Proxy> {
  const refusedHosts: string[] = [];
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((request, response) => {
    // Plain http:// comes as an absolute URL; nothing in the sandbox is served that way.
    refusedHosts.push(hostOf(request.url ?? ''));
    response.writeHead(403, { 'content-type': 'text/plain' }).end('Not a sandbox host\n');
  });
  server.on('connection', track);
  server.on('connect', (request, client: Socket, head) => {
    const [host = '', port] = (request.url ?? '').toLowerCase().split(':');
    if (!options.hosts.includes(port === '443' ? host : `${host}:${port ?? ''}`)) {
      refusedHosts.push(host);
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = connect(options.target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    track(upstream);
    // A cut on either side must reach the other one, or a fault `reset` would look like a stall.
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    refusedHosts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
