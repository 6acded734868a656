import { describe, expect, it } from 'vitest';
import { backends } from '../../src/backends/index.ts';
import { parseConfig, settingNames } from '../../src/config.ts';
import { readProjectFile } from '../support/source-imports.ts';
import { REQUIRED_SETTINGS } from '../support/settings.ts';

const lines = readProjectFile('.env.example').split('\n');
const assignments = lines
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
const written = Object.fromEntries(assignments);
/** Addresses have no default: what stands there is an example. */
const EXAMPLES = ['AEGISTER_BASE_URL', 'RADAR_BASE_URL'];

describe('.env.example', () => {
  it('names exactly the settings that are read, each once', () => {
    expect(assignments.map(([name]) => name).sort()).toEqual([...settingNames(backends)].sort());
  });

  it('has nothing but comments and assignments', () => {
    expect(lines.filter((line) => !/^(?:|#.*|[A-Z][A-Z_]*=\S*)$/.test(line))).toEqual([]);
  });

  it('holds no secret', () => {
    const secrets = assignments.filter(([name]) => /TOKEN|KEY|SECRET|_FILE$/.test(name));
    expect(secrets.filter(([name, value]) => value !== '' && !name.startsWith('MAX_'))).toEqual([]);
  });

  it('changes nothing for the service when it is used as it is', () => {
    const valuesOf = (settings: Record<string, string>) => {
      const config = parseConfig(settings, backends);
      return { ...config, connect: typeof config.connect };
    };
    expect(valuesOf({ ...written, ...REQUIRED_SETTINGS })).toEqual(valuesOf(REQUIRED_SETTINGS));
  });

  it.each(backends.map((backend) => [backend.name, backend.settings] as const))(
    'writes the real defaults of %s, all of them',
    (_name, settings) => {
      const required = Object.fromEntries(EXAMPLES.map((name) => [name, REQUIRED_SETTINGS.RADAR_BASE_URL]));
      const defaults = settings.parse(required);
      const given = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== ''));
      expect(settings.parse({ ...given, ...required })).toEqual(defaults);
      const withDefault = Object.keys(defaults).filter((name) => defaults[name] !== undefined);
      expect(withDefault.filter((name) => written[name] === '')).toEqual([]);
    },
  );

  it('writes every default of the service, except where it depends on NODE_ENV', () => {
    const own = assignments.filter(([name]) => !/^(?:AEGISTER|RADAR)_/.test(name));
    expect(own.filter(([, value]) => value === '').map(([name]) => name)).toEqual([
      'ROUTER_SECRET',
      'ROUTER_SECRET_FILE',
      'JWT_JWKS_URL',
      'JWT_ISSUER',
      'JWT_AUDIENCE',
      'JWT_JWKS_CA_FILE',
      'CORS_ORIGINS',
      'INTROSPECTION',
      'FIELD_SUGGESTIONS',
      'EXPLORER',
    ]);
  });
});
