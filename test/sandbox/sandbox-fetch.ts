import { request as httpsRequest } from 'node:https';

/**
 * A `fetch` that reaches the sandbox's hosts over real HTTPS: the real host name in SNI and Host, the certificate verified, and no proxy
 * or DNS. Other hosts fail as an unknown name does. Redirects are returned, never followed.
 */
export function createSandboxFetch(options: { port: number; cert: string; hosts: readonly string[] }): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.protocol !== 'https:' || !options.hosts.includes(url.host)) throw new TypeError('fetch failed', { cause: { code: 'ENOTFOUND' } });
    const body = Buffer.from(await request.arrayBuffer());
    return await new Promise<Response>((resolve, reject) => {
      const outgoing = httpsRequest(
        {
          host: '127.0.0.1',
          port: options.port,
          servername: url.hostname,
          ca: options.cert,
          method: request.method,
          path: url.pathname + url.search,
          headers: { ...Object.fromEntries(request.headers), host: url.host, 'content-length': body.length },
          signal: request.signal,
          agent: false,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const headers = new Headers();
            for (let i = 0; i < incoming.rawHeaders.length; i += 2) headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
            const status = incoming.statusCode ?? 0;
            resolve(new Response([204, 304].includes(status) ? null : Buffer.concat(chunks), { status, headers }));
          });
        },
      );
      outgoing.on('error', (cause) => reject(new TypeError('fetch failed', { cause })));
      outgoing.end(body);
    });
  };
}
