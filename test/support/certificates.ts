import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  /** The same, but expired since yesterday. */
  createExpired(name: string, subjectAltName: string): Certificate;
  remove(): void;
}

/**
 * Certificates made on the spot, so that none in the repository can expire. Needs the `openssl` program; without it this throws, because
 * a TLS test that does not run proves nothing.
 */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  const openssl = (...words: readonly string[]) => execFileSync('openssl', words, { stdio: 'pipe' });
  const filesOf = (name: string) => ({ key: join(folder, `${name}.key`), file: join(folder, `${name}.pem`) });
  const read = ({ key, file }: { key: string; file: string }) => ({
    key: readFileSync(key),
    cert: readFileSync(file),
    file,
  });
  const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  return {
    create(name, subjectAltName) {
      const files = filesOf(name);
      const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${subjectAltName}`];
      openssl('req', '-x509', ...NEW_KEY, ...names, '-days', '2', '-keyout', files.key, '-out', files.file);
      return read(files);
    },
    createExpired(name, subjectAltName) {
      const files = filesOf(name);
      const request = join(folder, `${name}.csr`);
      const extensions = join(folder, `${name}.ext`);
      writeFileSync(extensions, `subjectAltName=${subjectAltName}\n`);
      openssl('req', '-new', ...NEW_KEY, '-subj', `/CN=${name}`, '-keyout', files.key, '-out', request);
      // `req` refuses to count days backwards; signing a request does not.
      const signed = ['-signkey', files.key, '-days', '-1', '-extfile', extensions, '-out', files.file];
      openssl('x509', '-req', '-in', request, ...signed);
      return read(files);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
