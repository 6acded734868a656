import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** The certificate as a PEM file; it is its own authority. */
  readonly file: string;
}

export interface Certificates {
  /** A self-signed certificate for these names, such as `IP:127.0.0.1`. */
  create(name: string, subjectAltName: string): Certificate;
  remove(): void;
}

/**
 * Certificates made on the spot, so that none in the repository can expire. Needs the `openssl` program; without it this throws, because
 * a TLS test that does not run proves nothing.
 */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  return {
    create(name, subjectAltName) {
      const key = join(folder, `${name}.key`);
      const file = join(folder, `${name}.pem`);
      const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
      const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${subjectAltName}`];
      execFileSync('openssl', [...request, ...names, '-days', '2', '-keyout', key, '-out', file], { stdio: 'pipe' });
      return { key: readFileSync(key), cert: readFileSync(file), file };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
