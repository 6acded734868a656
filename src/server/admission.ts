import type { IncomingMessage, ServerResponse } from 'node:http';
import { ANYBODY, type Caller } from '../access/caller.ts';
import { KeysUnavailableError } from '../access/keys-unavailable-error.ts';
import { TokenRefusedError } from '../access/token-refused-error.ts';
import { writeRefusal, type Refusal } from './refuse.ts';

export interface AdmissionOptions {
  /** The check of the router secret. */
  readonly isRouter: (routerAuthorization: string | undefined) => boolean;
  /** The check of tokens; undefined when none are asked for. */
  readonly identify: ((headers: readonly string[] | undefined) => Promise<Caller>) | undefined;
  readonly onRefusal: (refusal: Refusal) => void;
}

/** Who may call `/graphql`, before anything of the request is read but its headers. */
export type Admission = (
  request: IncomingMessage,
  response: ServerResponse,
  correlationId: string,
) => Caller | undefined | Promise<Caller | undefined>;

/** A check that answers the caller, or refuses the request itself and answers undefined. */
export function createAdmission({ isRouter, identify, onRefusal }: AdmissionOptions): Admission {
  function refuse(response: ServerResponse, refusal: Refusal, message: string, retryable = false): undefined {
    onRefusal(refusal);
    writeRefusal(response, refusal, message, retryable);
  }

  async function checkToken(
    check: NonNullable<AdmissionOptions['identify']>,
    request: IncomingMessage,
    response: ServerResponse,
    correlationId: string,
  ): Promise<Caller | undefined> {
    try {
      return await check(request.headersDistinct['authorization']);
    } catch (error) {
      if (error instanceof KeysUnavailableError) {
        const refusal = { status: 503, code: 'UPSTREAM_UNAVAILABLE', correlationId, reason: error.message };
        return refuse(response, refusal, 'Tokens cannot be checked at present; nothing was carried out.', true);
      }
      if (!(error instanceof TokenRefusedError)) throw error;
      response.setHeader('www-authenticate', error.sent ? 'Bearer error="invalid_token"' : 'Bearer');
      const refusal = { status: 401, code: 'UNAUTHENTICATED', correlationId, reason: error.message };
      return refuse(response, refusal, 'A valid token is required to call this service.');
    }
  }

  return (request, response, correlationId) => {
    const secret = request.headers['router-authorization'];
    if (!isRouter(typeof secret === 'string' ? secret : undefined)) {
      const refusal = { status: 401, code: 'UNAUTHENTICATED', correlationId };
      return refuse(response, refusal, 'Only the router may call this service.');
    }
    return identify === undefined ? ANYBODY : checkToken(identify, request, response, correlationId);
  };
}
