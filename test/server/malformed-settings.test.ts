import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { configOf, faultsOf } from '../support/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const wholeNumber = (least: number, most: number) => `must be a whole number from ${least} to ${most}`;
const NOT_READABLE = 'names a file that cannot be read';
const NO_SECRET = 'must be printable ASCII without spaces at its ends';
const NO_ADDRESS = 'must be an http or https address without credentials, query or fragment';
const NO_ROUTER_SECRET = 'must be one secret, two separated by a comma, or the word disabled';

describe('a malformed value is refused by name', () => {
  // The whole list of faults is compared: a value that slipped into a message would fail the row.
  it.each<readonly [name: string, value: string, fault: string]>([
    ...['-1', '65536', '4000.5', '0x10', '1e3', ' 80', '80 ', 'http', '９'].map(
      (value) => ['PORT', value, wholeNumber(0, 65_535)] as const,
    ),
    ...['0', '600001', '25s', '9'.repeat(40)].map(
      (value) => ['OPERATION_TIMEOUT_MS', value, wholeNumber(1, 600_000)] as const,
    ),
    ['MAX_BODY_BYTES', '1023', wholeNumber(1_024, 1_073_741_824)],
    ['MAX_BODY_BYTES', '1MB', wholeNumber(1_024, 1_073_741_824)],
    ['MAX_TOKENS', '0', wholeNumber(1, 1_000_000)],
    ['MAX_DEPTH', '0', wholeNumber(1, 1_000)],
    ['MAX_ALIASES', '-1', wholeNumber(0, 100_000)],
    ['MAX_MUTATION_FIELDS', '0', wholeNumber(1, 10_000)],
    ['MAX_REPRESENTATIONS', '0', wholeNumber(1, 1_000_000)],
    ['MAX_LIST_IDS', 'many', wholeNumber(0, 1_000_000)],
    ['MAX_JSON_DEPTH', '0', wholeNumber(1, 100)],
    ['MAX_JSON_DEPTH', '101', wholeNumber(1, 100)],
    ['INTROSPECTION', 'true', 'must be 0 or 1'],
    ['FIELD_SUGGESTIONS', 'false', 'must be 0 or 1'],
    ['EXPLORER', 'yes', 'must be 0 or 1'],
    ['NODE_ENV', 'Production', 'must be production, development or test'],
    ['LOG_LEVEL', 'verbose', 'must be one of fatal, error, warn, info, debug, silent'],
    ['ROUTER_SECRET', 'one,two,three', NO_ROUTER_SECRET],
    ['ROUTER_SECRET', 'one,', NO_ROUTER_SECRET],
    ['ROUTER_SECRET', 'umläut', NO_ROUTER_SECRET],
    ['AEGISTER_AUTH', 'Service', 'must be service or forward'],
    ['RADAR_AUTH', 'both', 'must be service or forward'],
    ['AEGISTER_TOKEN', 'two\nlines', NO_SECRET],
    ['AEGISTER_TOKEN', ' spaced ', NO_SECRET],
    ['RADAR_API_KEY', 'schlüssel', NO_SECRET],
    ['RADAR_SELECTED_INSTANCE', 'a\r\nx-injected: 1', NO_SECRET],
    ['RADAR_USER_ID', 'jdoe', 'must be a UUID'],
    ...['AEGISTER', 'RADAR'].flatMap((prefix) => [
      [`${prefix}_TIMEOUT_MS`, '0', wholeNumber(1, 600_000)] as const,
      [`${prefix}_CONCURRENCY`, '0', wholeNumber(1, 10_000)] as const,
      [`${prefix}_CONCURRENCY`, '10001', wholeNumber(1, 10_000)] as const,
      [`${prefix}_MAX_RESPONSE_BYTES`, '1', wholeNumber(1_024, 1_073_741_824)] as const,
      ...[
        'ftp://backend.test',
        'file:///etc/passwd',
        'https://user:pass@backend.test',
        'https://user@backend.test',
        'https://backend.test/?tenant=1',
        'https://backend.test/#part',
        'backend.test',
        '//backend.test',
        'https://',
        'https://backend.test:99999',
      ].map((value) => [`${prefix}_BASE_URL`, value, NO_ADDRESS] as const),
    ]),
    ...['https://radar.test/cruddy/v2', 'https://radar.test/cruddy/v2/', 'https://radar.test/gw/cruddy/v2'].map(
      (value) => ['RADAR_BASE_URL', value, 'must end before /cruddy/v2, which is added by this service'] as const,
    ),
  ])('%s=%j', (name, value, fault) => {
    expect(faultsOf({ [name]: value })).toEqual([`${name}: ${fault}`]);
  });
});

const SECRETS = ['AEGISTER_TOKEN', 'RADAR_API_KEY', 'ROUTER_SECRET'] as const;

describe.each(SECRETS)('%s', (name) => {
  const file = `${name}_FILE`;

  it.each([
    ['without a line break', 'from-file'],
    ['with the line break of an editor', 'from-file\n'],
    ['with that of Windows', 'from-file\r\n'],
  ])('is read from a file %s', (_what, text) => {
    const config = configOf({ [name]: undefined, [file]: fileOf('good', text) });
    const connections = config.connect({ observe: () => undefined, share: 1 });
    const secrets = Object.values(connections).flatMap((connection) =>
      connection.secrets.map((secret) => secret.current()),
    );
    expect([...config.routerSecret.current(), ...secrets]).toContain('from-file');
  });

  it('is refused when it is given by value and by file', () => {
    const settings = { [name]: 'canary-value', [file]: fileOf('twice', 'canary-file') };
    expect(faultsOf(settings)).toEqual([`${name}: is set, and ${file} as well; set one`]);
  });

  it.each([
    ['does not exist', () => join(folder, 'canary-missing'), NOT_READABLE],
    ['is a folder', () => folder, NOT_READABLE],
  ])('is refused when its file %s', (_what, path, fault) => {
    expect(faultsOf({ [name]: undefined, [file]: path() })).toEqual([`${file}: ${fault}`]);
  });

  it.each([
    ['is empty', ''],
    ['has two lines', 'canary\ncanary\n'],
    ['has a space at its end', 'canary '],
    ['has a byte order mark', '\ufeffcanary'],
  ])('is refused when its file %s', (_what, text) => {
    expect(faultsOf({ [name]: undefined, [file]: fileOf('bad', text) })).toEqual([`${file}: ${NO_SECRET}`]);
  });
});

describe('ROUTER_SECRET', () => {
  it('is required in production', () => {
    expect(faultsOf({ NODE_ENV: 'production' })).toEqual([
      'ROUTER_SECRET: is required, or ROUTER_SECRET_FILE; write ROUTER_SECRET=disabled to let everybody call',
    ]);
  });

  it('is required in production also when it is empty', () => {
    expect(faultsOf({ NODE_ENV: 'production', ROUTER_SECRET: '' })).toHaveLength(1);
  });

  it.each([
    ['by value', { ROUTER_SECRET: 'one,two' }, ['one', 'two']],
    ['by file', { ROUTER_SECRET_FILE: fileOf('router', 'one,two\n') }, ['one', 'two']],
    ['by the word disabled', { ROUTER_SECRET: 'disabled' }, []],
  ])('lets production start %s', (_how, settings, secrets) => {
    expect(configOf({ NODE_ENV: 'production', ...settings }).routerSecret.current()).toEqual(secrets);
  });

  it('of three parts is refused from a file too', () => {
    const path = fileOf('three', 'canary-1,canary-2,canary-3');
    expect(faultsOf({ ROUTER_SECRET_FILE: path })).toEqual([`ROUTER_SECRET_FILE: ${NO_ROUTER_SECRET}`]);
  });
});

describe.each(['AEGISTER_CA_FILE', 'RADAR_CA_FILE'])('%s', (name) => {
  it('is refused when it cannot be read', () => {
    expect(faultsOf({ [name]: join(folder, 'canary-missing') })).toEqual([`${name}: ${NOT_READABLE}`]);
  });

  it.each([
    ['is no PEM', 'canary'],
    ['is empty', ''],
    ['looks like PEM and is none', '-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n'],
  ])('is refused when its file %s', (_what, text) => {
    expect(faultsOf({ [name]: fileOf('ca', text) })).toEqual([`${name}: must name a file of PEM certificates`]);
  });

  it('takes a certificate', () => {
    const [certificate = ''] = rootCertificates;
    expect(configOf({ [name]: fileOf('authority', certificate) }).port).toBe(4000);
  });
});
