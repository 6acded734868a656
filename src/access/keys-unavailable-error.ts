/** The issuer's keys are not at hand, so nobody can say whether a token is good. Says nothing about the token. */
export class KeysUnavailableError extends Error {
  constructor() {
    super("the issuer's keys cannot be read");
    this.name = 'KeysUnavailableError';
  }
}
