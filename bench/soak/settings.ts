import type { BackendPorts } from './world.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, ROUTER_SECRET } from './world.ts';

/** Production, with deadlines and breakers so short that a minute of load meets them many times. */
export function soakSettings(ports: BackendPorts, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    ROUTER_SECRET,
    MAX_BODY_BYTES: '100000',
    OPERATION_TIMEOUT_MS: '4000',
    AEGISTER_BASE_URL: `http://127.0.0.1:${ports.aegister}`,
    AEGISTER_TOKEN,
    AEGISTER_TIMEOUT_MS: '1000',
    AEGISTER_BREAKER_FAILURES: '20',
    AEGISTER_BREAKER_COOL_DOWN_MS: '300',
    RADAR_BASE_URL: `http://127.0.0.1:${ports.radar}`,
    RADAR_API_KEY,
    RADAR_TIMEOUT_MS: '1000',
    RADAR_BREAKER_FAILURES: '20',
    RADAR_BREAKER_COOL_DOWN_MS: '300',
    ...more,
  };
}
