/** The caller's token does not allow this; nothing was sent to a backend. The message is a sentence of ours about the token; it is shown. */
export class AccessDeniedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AccessDeniedError';
  }
}
