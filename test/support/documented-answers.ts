import { isUtf8 } from 'node:buffer';
import { renderAnswer, type Answer } from '../stand-ins/exchange.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import type { Target } from './failing-calls.ts';

type Body = Readonly<Record<string, unknown>>;

/** What an answer may be taken for, judged by the vendors' pages and apart from the service. */
export interface Verdict {
  /** The documented success about the record that was asked for, in the very form that is documented. */
  readonly isSuccess: boolean;
  /** That success, or one of the forms of it that are understood as well. */
  readonly mayBeSuccess: boolean;
  /** The backend says that nothing was done. */
  readonly mayBeRefusal: boolean;
}

/** Judges an answer to one of the target's operations. */
export function judge(target: Target, answer: Answer): Verdict {
  const { status } = answer;
  // A timeout is no refusal, even where it is the client that is blamed for it.
  if (status !== 200) {
    const mayBeRefusal = (status >= 400 && status < 500 && status !== 408) || status === 503;
    return { isSuccess: false, mayBeSuccess: false, mayBeRefusal };
  }
  const body = bodyOf(answer);
  if (body === undefined) return { isSuccess: false, mayBeSuccess: false, mayBeRefusal: false };
  return target.name === 'aegister' ? judgeAegister(body) : judgeRadar(body);
}

/** The JSON object in an answer; undefined when there is none, or none that may be believed. */
function bodyOf(answer: Answer): Body | undefined {
  const { headers, bytes } = renderAnswer(answer);
  const [type, encoding] = [String(headers['content-type'] ?? ''), String(headers['content-encoding'] ?? '')];
  if (!/^[\w.+-]+\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type) || !['', 'identity'].includes(encoding)) return undefined;
  try {
    const value: unknown = isUtf8(bytes) ? JSON.parse(bytes.toString('utf8')) : undefined;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined; // Not JSON.
  }
}

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function judgeAegister({ error, data }: Body): Verdict {
  const record = isObject(data) ? data : undefined;
  const isNumber = typeof error === 'number' || (typeof error === 'string' && /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(error));
  const isZero = error === false || (isNumber && !/[1-9]/.test(String(error)));
  const isWord = typeof error === 'string' && !isNumber && error.trim() !== '';
  const organization = record?.['organization_id'] ?? 3071;
  const isAbout = (value: unknown, id: number) => value === id || value === String(id);
  const isRight = isAbout(record?.['id'], 1024) && isAbout(organization, 3071);
  return {
    isSuccess: error === 0 && record?.['id'] === 1024 && organization === 3071,
    mayBeSuccess: isZero && isRight,
    mayBeRefusal: error === true || (isNumber && !isZero) || (isWord && record === undefined),
  };
}

function judgeRadar(body: Body): Verdict {
  const { error, error_code: code, errors, id } = body;
  const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;
  const isNothing = (value: unknown) => value === undefined || value === null || isEmptyList(value);
  const all: readonly unknown[] = Array.isArray(code) ? code : [code];
  // "0", or "0 // text" as the page writes other codes; a list only when it says nothing else.
  const isZero = (value: unknown) =>
    value === 0 || (typeof value === 'string' && /^\s*-?0{1,15}(?!\w|[.,]\d)/.test(value));
  const isCodeless = isNothing(code) || (all.length === 1 && isZero(all[0]));
  const isRight = typeof id === 'string' && id.toLowerCase() === seedIds.emptyGroup;
  return {
    isSuccess: !['error', 'error_code', 'errors'].some((key) => Object.hasOwn(body, key)) && id === seedIds.emptyGroup,
    mayBeSuccess:
      (isNothing(error) || error === '') && !Array.isArray(error) && isNothing(errors) && isCodeless && isRight,
    mayBeRefusal: (typeof error === 'string' && error.trim() !== '') || (!isNothing(code) && !all.every(isZero)),
  };
}
