import { AEGISTER_TOKEN, RADAR_API_KEY, startWorld, type GraphQLAnswer, type World } from './world.ts';

export interface WatchedWorld extends World {
  /**
   * Every place where a secret or an address has got out so far, in any answer (body and headers) or, secrets only, in any log line.
   * @throws Error when there is nothing to search, so that an empty result always means something
   */
  leaks(): readonly string[];
}

/** A world that keeps every answer, to be searched for canaries. `secrets` are searched for beside the configured credentials. */
export async function startWatchedWorld(
  settings: Record<string, string> = {},
  secrets: readonly string[] = [],
): Promise<WatchedWorld> {
  const world = await startWorld(settings);
  const answers: string[] = [];
  const hidden = [AEGISTER_TOKEN, RADAR_API_KEY, ...secrets];
  // A log may name an address, whoever reads it has to find the backend. An answer may not.
  const addresses = [new URL(world.aegister.url).host, new URL(world.radar.url).host, '127.0.0.1'];

  function search(place: string, text: string, needles: readonly string[]): readonly string[] {
    const lower = text.toLowerCase();
    return needles.filter((needle) => lower.includes(needle.toLowerCase())).map((needle) => `${needle} in ${place}`);
  }

  return {
    ...world,
    async send(...request): Promise<GraphQLAnswer> {
      const answer = await world.send(...request);
      answers.push([answer.text, ...[...answer.headers].map(([name, value]) => `${name}: ${value}`)].join('\n'));
      return answer;
    },
    leaks() {
      if (answers.length === 0 || world.logLines.length === 0) throw new Error('there is nothing to search');
      return [
        ...answers.flatMap((text) => search(`answer ${text}`, text, [...hidden, ...addresses])),
        ...world.logLines.flatMap((line) => search(`log line ${line}`, line, hidden)),
      ];
    },
  };
}
