import { createFinding, type FindingRecord } from '../../test/stand-ins/seed-findings.ts';
import { numberedUuid } from './workload.ts';

/** A group's own fields as Radar writes them, in the order of the documented answer. */
export function groupFields(index: number) {
  return {
    id: numberedUuid('group', index),
    created_at: '2026-03-02T06:31:10.400213Z',
    updated_at: '2026-03-02T08:15:00.652259Z',
    title: `Ransomware in radiology, part ${index}`,
    description: 'Encryption of two file servers and the traces that lead to it.',
    user_id: 'c376bdfe-5ebe-48d5-bf1b-d84d23f3c75b',
    group_id: 'e92e813d-1aa9-482b-b5f3-5d4f5b783c56',
  };
}

/** So many findings with all their 26 documented fields, about 830 bytes each. */
export function findings(count: number): readonly FindingRecord[] {
  return Array.from({ length: count }, (_, index) =>
    createFinding({
      id: numberedUuid('finding', index),
      title: `Renaming on RAD-FS-${index}`,
      risk_impact: 'Outage',
      solution: 'Rebuild.',
      mitigation: '',
      analysis_output: '',
      synopsis: '',
      risklevel: (index % 20) / 2,
      external: index % 2 === 0,
    }),
  );
}
