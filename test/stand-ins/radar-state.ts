import type { FindingRecord, GroupRecord, RadarSeed } from './seed.ts';
import { createFinding, createRadarSeed } from './seed.ts';
import type { JsonObject } from './json.ts';

export interface AddFindingsOptions {
  /** Links the new findings to this group, after those it has. */
  readonly groupId?: string;
  /** Files the new findings under this event. */
  readonly eventId?: string;
}

/** What one Radar instance holds, open to tests. Ids are compared without regard to case. */
export interface RadarState {
  /** A copy of the stored group; its links are ids. */
  group(id: string): GroupRecord | undefined;
  groups(): GroupRecord[];
  finding(id: string): FindingRecord | undefined;
  linkedFindingIds(id: string): string[];
  findingIdsOfEvent(eventId: string): readonly string[];
  directoryEntry(id: string): JsonObject;
  /** Changes or creates a group without a request, as an analyst in the console would. */
  putGroup(group: Partial<GroupRecord> & Pick<GroupRecord, 'id'>): void;
  putFinding(finding: Partial<FindingRecord> & Pick<FindingRecord, 'id'>): void;
  /** Removes the finding but leaves links to it, so that they dangle. */
  removeFinding(id: string): void;
  removeGroup(id: string): void;
  /** Creates numbered findings and returns their ids. */
  addFindings(count: number, options?: AddFindingsOptions): string[];
}

/** Creates the state of one instance from its own copy of the seed. */
export function createRadarState(seed: RadarSeed = createRadarSeed()): RadarState {
  const copy = structuredClone(seed);
  const groups = new Map(copy.groups.map((group) => [group.id.toLowerCase(), group]));
  const findings = new Map(copy.findings.map((finding) => [finding.id.toLowerCase(), finding]));
  const events = new Map(Object.entries(copy.events).map(([id, linked]) => [id.toLowerCase(), [...linked]]));
  let added = 0;

  function putGroup(group: Partial<GroupRecord> & Pick<GroupRecord, 'id'>): void {
    const blank: GroupRecord = {
      id: group.id,
      created_at: '2026-03-02T08:15:00.652259Z',
      updated_at: '2026-03-02T08:15:00.652259Z',
      title: `Group ${group.id}`,
      description: '',
      user_id: null,
      group_id: null,
      service_asset_findings: [],
    };
    const before = groups.get(group.id.toLowerCase()) ?? blank;
    groups.set(group.id.toLowerCase(), { ...before, ...structuredClone(group) });
  }

  function putFinding(finding: Partial<FindingRecord> & Pick<FindingRecord, 'id'>): void {
    const before = findings.get(finding.id.toLowerCase()) ?? createFinding({ title: finding.id, ...finding });
    findings.set(finding.id.toLowerCase(), { ...before, ...finding });
  }

  function addFindings(count: number, options: AddFindingsOptions = {}): string[] {
    const ids = Array.from({ length: count }, () => {
      added += 1;
      // Numbered, yet in the form of a version 4 UUID.
      const id = `00000000-0000-4000-8000-${added.toString(16).padStart(12, '0')}`;
      putFinding({ id, title: `Numbered finding ${String(added)}` });
      return id;
    });
    const { groupId, eventId } = options;
    if (groupId !== undefined) {
      const linked = groups.get(groupId.toLowerCase())?.service_asset_findings ?? [];
      putGroup({ id: groupId, service_asset_findings: [...linked, ...ids] });
    }
    if (eventId !== undefined) {
      const key = eventId.toLowerCase();
      events.set(key, [...(events.get(key) ?? []), ...ids]);
    }
    return ids;
  }

  return {
    group: (id) => structuredClone(groups.get(id.toLowerCase())),
    groups: () => structuredClone([...groups.values()]),
    finding: (id) => structuredClone(findings.get(id.toLowerCase())),
    linkedFindingIds: (id) => [...(groups.get(id.toLowerCase())?.service_asset_findings ?? [])],
    findingIdsOfEvent: (eventId) => [...(events.get(eventId.toLowerCase()) ?? [])],
    directoryEntry: (id) => ({ id, ...copy.directory[id.toLowerCase()] }),
    putGroup,
    putFinding,
    removeFinding(id) {
      findings.delete(id.toLowerCase());
    },
    removeGroup(id) {
      groups.delete(id.toLowerCase());
    },
    addFindings,
  };
}
