/** Who sent a request, as far as this service knows. Nothing in it is a secret. */
export interface Caller {
  /** `sub` of the checked token; null when it has none, and while no tokens are checked. */
  readonly subject: string | null;
  /** The application that the token was given to, `azp` or `client_id`; null likewise. */
  readonly clientId: string | null;
  /** `all` while no tokens are checked. */
  readonly rights: Rights | 'all';
}

/** What a token allows. Empty sets allow nothing. */
export interface Rights {
  readonly scopes: ReadonlySet<string>;
  /** Ids of organizations, as decimal digits. */
  readonly organizations: ReadonlySet<string>;
}

/** The caller of every request while no tokens are checked: whoever gets past the router secret may do everything. */
export const ANYBODY: Caller = Object.freeze({ subject: null, clientId: null, rights: 'all' });
