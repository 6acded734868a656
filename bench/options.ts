import { parseArgs } from 'node:util';
import { CANDIDATE_NAMES, type CandidateName } from './measure/candidates.ts';
import type { RoundsOptions } from './measure/rounds.ts';
import { WORKLOADS } from './workloads/index.ts';
import { WORKLOAD_NAMES, type WorkloadName, type WorkloadSpec } from './workloads/workload.ts';

/** An option that cannot be used. The message names the option and what it may be. */
export class OptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OptionError';
  }
}

export interface BenchOptions {
  readonly specs: readonly WorkloadSpec[];
  readonly rounds: RoundsOptions;
  /** Files to write the result to. */
  readonly json: string | undefined;
  readonly markdown: string | undefined;
}

export const USAGE = `npm run bench -- [options]

  --workload W1,W2,..   ${WORKLOAD_NAMES.join(', ')}; default: all
  --candidates a,b,..   ${CANDIDATE_NAMES.join(', ')}; default: limit,server,apollo,mercurius
                        (-tuned: with the options of node and the environment that npm start gives the product)
  --baseline FOLDER     another checkout, bundled there, started with the options of this one, as the candidate "baseline"
  --rounds N            slices of each candidate (5)
  --seconds N           length of a slice (2)
  --warm-up N           seconds before the first slice (10)
  --connections N       keep-alive connections (32)
  --delay N             time until a backend answers, milliseconds (0)
  --rate N              requests a second at a fixed pace, instead of as many as come back
  --size N              of one workload: ${WORKLOAD_NAMES.map((name) => `${name} ${WORKLOADS[name].unit}`).join(', ')}
  --documents N         different documents in rotation (1)
  --json FILE           writes every slice
  --markdown FILE       writes the tables
`;

const OPTION_NAMES = [
  ...(['workload', 'candidates', 'baseline', 'rounds', 'seconds', 'warm-up', 'connections'] as const),
  ...(['delay', 'rate', 'size', 'documents', 'json', 'markdown'] as const),
];

/** Reads the options of the command line. @throws OptionError */
export function parseOptions(parameters: readonly string[]): BenchOptions {
  const values = parseTexts(parameters, OPTION_NAMES);
  const names = listOf('--workload', values.workload, WORKLOAD_NAMES, WORKLOAD_NAMES);
  const usual: readonly CandidateName[] = ['limit', 'server', 'apollo', 'mercurius'];
  const chosen = listOf('--candidates', values.candidates, CANDIDATE_NAMES, usual);
  const { baseline } = values;
  const candidates = baseline !== undefined && !chosen.includes('baseline') ? [...chosen, 'baseline' as const] : chosen;
  if (baseline === undefined && candidates.includes('baseline')) {
    throw new OptionError('--candidates baseline needs --baseline FOLDER');
  }
  const documents = wholeNumber('--documents', values.documents, 1, 100_000) ?? 1;
  const ratePerSecond = wholeNumber('--rate', values.rate, 1, 100_000);
  return {
    specs: names.map((name) => specOf(name, values.size, names, documents)),
    rounds: {
      candidates,
      rounds: wholeNumber('--rounds', values.rounds, 1, 1_000) ?? 5,
      seconds: wholeNumber('--seconds', values.seconds, 1, 600) ?? 2,
      warmUpSeconds: wholeNumber('--warm-up', values['warm-up'], 1, 600) ?? 10,
      connections: wholeNumber('--connections', values.connections, 1, 1_024) ?? 32,
      delayMs: wholeNumber('--delay', values.delay, 0, 10_000) ?? 0,
      ...(ratePerSecond !== undefined && { ratePerSecond }),
      ...(baseline !== undefined && { baseline }),
    },
    json: values.json,
    markdown: values.markdown,
  };
}

function specOf(
  name: WorkloadName,
  sizeText: string | undefined,
  names: readonly WorkloadName[],
  documents: number,
): WorkloadSpec {
  if (sizeText !== undefined && names.length > 1) throw new OptionError('--size needs --workload with a single name');
  const size = wholeNumber('--size', sizeText, 0, WORKLOADS[name].largestSize);
  return size === undefined ? { name, documents } : { name, documents, size };
}

/** Options that each take a text. @throws OptionError for any other */
export function parseTexts<Name extends string>(
  parameters: readonly string[],
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const texts: Partial<Record<Name, string>> = {};
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    const { values } = parseArgs({ args: [...parameters], options });
    for (const name of names) {
      const value = values[name];
      if (value !== undefined) texts[name] = value;
    }
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
  return texts;
}

/** @throws OptionError naming the choices */
export function listOf<Name extends string>(
  option: string,
  text: string | undefined,
  choices: readonly Name[],
  usual: readonly Name[],
): readonly Name[] {
  if (text === undefined) return usual;
  const given = [...new Set(text.split(',').map((part) => part.trim()))];
  return given.map((part) => {
    const choice = choices.find((name) => name.toLowerCase() === part.toLowerCase());
    if (choice === undefined) throw new OptionError(`${option}: "${part}" is none of ${choices.join(', ')}`);
    return choice;
  });
}

/** @throws OptionError naming the range */
export function wholeNumber(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new OptionError(`${option}: "${text}" is no whole number from ${least} to ${most}`);
}
