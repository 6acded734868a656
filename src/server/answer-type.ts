import Negotiator from 'negotiator';

/** What an answer can be, in Apollo Server's order, which decides where a caller likes both as much. As they are answered, charset included: an accept header may well ask for just that. */
export const ANSWER_TYPES = [
  'application/json; charset=utf-8',
  'application/graphql-response+json; charset=utf-8',
] as const;

export type AnswerType = (typeof ANSWER_TYPES)[number];

/** Callers have a handful of accept headers between them; more than this many are somebody playing. */
const MAX_KNOWN = 100;

/** Tells the media type to answer with from a request's accept header; undefined when it rules out every type an answer can have. */
export function createAnswerTypes(): (accept: string | undefined) => AnswerType | undefined {
  const known = new Map<string, AnswerType | undefined>();
  return (accept) => {
    if (accept === undefined) return ANSWER_TYPES[0];
    if (known.has(accept)) return known.get(accept);
    const preferred = new Negotiator({ headers: { accept } }).mediaType([...ANSWER_TYPES]);
    const type = ANSWER_TYPES.find((candidate) => candidate === preferred);
    if (known.size === MAX_KNOWN) known.clear();
    known.set(accept, type);
    return type;
  };
}
