import { seedIds } from '../../../test/stand-ins/seed-ids.ts';

/** What the staff directory keeps. All ids are Radar's. */
export interface DirectoryData {
  /** Name by the id of a user. */
  readonly users: Readonly<Record<string, string>>;
  /** Name by the id of a user group. */
  readonly userGroups: Readonly<Record<string, string>>;
  /** Link by the id of a group of incidents. */
  readonly runbooks: Readonly<Record<string, string>>;
  /** Ids of groups of incidents, the most urgent first. */
  readonly watchedGroups: readonly string[];
}

/** The staff of the seeded Radar. One user group is missing on purpose: directories lag behind. */
export const seedDirectory: DirectoryData = {
  users: {
    [seedIds.nightAnalyst]: 'Noa Lindqvist (night shift)',
    [seedIds.dayAnalyst]: 'Dario Ferrante (day shift)',
  },
  userGroups: {
    [seedIds.responseTeam]: 'Incident response',
  },
  runbooks: {
    [seedIds.ransomwareGroup]: 'https://wiki.example/runbooks/ransomware',
    [seedIds.phishingGroup]: 'https://wiki.example/runbooks/phishing',
  },
  watchedGroups: [seedIds.ransomwareGroup, seedIds.phishingGroup, seedIds.remoteAccessGroup],
};
