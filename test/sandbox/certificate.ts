import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

export interface Certificate {
  key: string;
  cert: string;
  /** Base64 SHA-256 of the public key, the form that Chromium's `--ignore-certificate-errors-spki-list` takes. */
  spki: string;
}

/** A throw-away certificate for the given DNS names (wildcards allowed), made anew at each start so that no key lies in the repository. */
export async function createCertificate(names: readonly string[]): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'Keyferry sandbox' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      // It is its own authority, so that Node clients can verify it instead of switching verification off.
      { name: 'basicConstraints', cA: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
  const publicKey = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' });
  return { key: made.private, cert: made.cert, spki: createHash('sha256').update(publicKey).digest('base64') };
}
