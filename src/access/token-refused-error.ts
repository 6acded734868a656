/** A request without a token that could be believed. The message is for the log alone: it helps whoever tries tokens. */
export class TokenRefusedError extends Error {
  /** Whether there was a token at all. */
  readonly sent: boolean;

  constructor(reason: string, sent = true) {
    super(reason);
    this.name = 'TokenRefusedError';
    this.sent = sent;
  }
}
