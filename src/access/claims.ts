import type { Caller } from './caller.ts';

/**
 * The caller a checked token speaks of. What has not the form it should have grants nothing, and neither does what is not there.
 * @param organizationsClaim name of the claim with the caller's organizations
 */
export function callerOf(claims: Readonly<Record<string, unknown>>, organizationsClaim: string): Caller {
  const own = (name: string) => (Object.hasOwn(claims, name) ? claims[name] : undefined);
  return Object.freeze({
    subject: textOrNull(own('sub')),
    clientId: textOrNull(own('azp')) ?? textOrNull(own('client_id')),
    rights: Object.freeze({
      scopes: scopesOf(own('scope') ?? own('scp')),
      organizations: organizationsOf(own(organizationsClaim)),
    }),
  });
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Words in one text separated by spaces (RFC 8693), or a list of words, which some issuers write. */
function scopesOf(value: unknown): ReadonlySet<string> {
  if (typeof value === 'string') return new Set(value.split(' '));
  const isList = Array.isArray(value) && value.every((word) => typeof word === 'string');
  return new Set(isList ? value : []);
}

/**
 * A list of ids, each as text or as number. There is no word for "all of them": `*` is the id of no organization. One element of
 * another kind voids the whole list, because whoever wrote it meant something else than what is read here.
 */
function organizationsOf(value: unknown): ReadonlySet<string> {
  if (!Array.isArray(value)) return new Set();
  const ids = value.map((id: unknown) => (Number.isSafeInteger(id) ? String(id) : id));
  return new Set(ids.every((id) => typeof id === 'string') ? ids : []);
}
