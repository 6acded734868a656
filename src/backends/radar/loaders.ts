import DataLoader from 'dataloader';
import type { FindingElement, FindingLink, IncidentGroup, ServiceAssetFinding } from '../../domain.ts';
import { isUuid } from '../../formats.ts';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { settleEach } from '../settle-each.ts';
import { unreadableContent } from '../wire-record.ts';
import { RadarFinding } from './finding-record.ts';
import { RADAR } from './name.ts';

/** The reads that the loaders share out. `null`: there is no such record. Without a credential they throw at once. */
export interface RadarReads {
  fetchGroup(id: string, withFindings: boolean): Promise<IncidentGroup | null>;
  fetchFinding(id: string): Promise<ServiceAssetFinding | null>;
  fetchFindingsOfEvent(eventId: string): Promise<readonly FindingLink[] | null>;
  /** How many more of them would be sent at once. */
  room(): number;
}

/** Elements of a list field; null where there is no such finding any more. */
export type FindingElements = readonly (FindingElement | null)[];

/**
 * Most findings that one operation may be answered with. The same large group asked for under many names costs one read, but its
 * findings would be written out each time.
 */
const MAX_FINDINGS = 50_000;

/** UUIDs are the same in either case. */
const cacheKeyFn = (id: string) => id.toLowerCase();

/** What one request has read and written of Radar. There are no list endpoints, so a batch is that many reads side by side. */
export class RadarLoaders {
  #answered = 0;
  /** Groups as the request's own writes left them; they win over anything read. */
  readonly #written = new Map<string, IncidentGroup>();
  readonly #reads: RadarReads;
  // Each is made when it is first asked, which for most of them is never.
  #groupLoader: DataLoader<string, IncidentGroup | null> | undefined;
  #wholeGroupLoader: DataLoader<string, IncidentGroup | null> | undefined;
  #findingLoader: DataLoader<string, ServiceAssetFinding | null> | undefined;
  #eventLoader: DataLoader<string, readonly FindingLink[] | null> | undefined;

  constructor(reads: RadarReads) {
    this.#reads = reads;
  }

  /** Groups without their findings. */
  get #groups(): DataLoader<string, IncidentGroup | null> {
    return (this.#groupLoader ??= this.#loaderOf((id) => this.#reads.fetchGroup(id, false)));
  }

  /** Groups together with their findings. */
  get #wholeGroups(): DataLoader<string, IncidentGroup | null> {
    return (this.#wholeGroupLoader ??= this.#loaderOf((id) => this.#reads.fetchGroup(id, true)));
  }

  get #findings(): DataLoader<string, ServiceAssetFinding | null> {
    return (this.#findingLoader ??= this.#loaderOf((id) => this.#reads.fetchFinding(id)));
  }

  get #events(): DataLoader<string, readonly FindingLink[] | null> {
    return (this.#eventLoader ??= this.#loaderOf((eventId) => this.#reads.fetchFindingsOfEvent(eventId)));
  }

  #loaderOf<Value>(read: (id: string) => Promise<Value>): DataLoader<string, Value> {
    return new DataLoader((ids) => settleEach(ids, read, () => this.#reads.room()), { cacheKeyFn });
  }

  /** @throws UpstreamError */
  group(id: string, withFindings: boolean): Promise<IncidentGroup | null> {
    const written = this.#written.get(cacheKeyFn(id));
    if (written !== undefined) return Promise.resolve(written);
    return (withFindings ? this.#wholeGroups : this.#groups).load(id);
  }

  /** @throws UpstreamError */
  finding(id: string): Promise<ServiceAssetFinding | null> {
    return this.#findings.load(id);
  }

  /** @throws UpstreamError */
  async findingsOfEvent(eventId: string): Promise<FindingElements | null> {
    const links = await this.#events.load(eventId);
    return links === null ? null : this.#resolve(links);
  }

  /** After a write nothing read before it is the present state any more, whether it succeeded or not. */
  forget(id: string): void {
    this.#written.delete(cacheKeyFn(id));
    this.#groupLoader?.clearAll();
    this.#wholeGroupLoader?.clearAll();
    this.#findingLoader?.clearAll();
    this.#eventLoader?.clearAll();
  }

  /** Keeps what a write answered, for reads that follow in the same request. */
  remember(group: IncidentGroup): void {
    this.forget(group.id);
    this.#written.set(cacheKeyFn(group.id), group);
  }

  /**
   * The findings of a group. With `idsOnly`, known ids cost nothing. Otherwise whole findings come from the group itself or from one
   * read of it; only what that read does not hold is read one by one. No promise where nothing has to be read: whatever has one in it is
   * settled level by level up to the root of an answer.
   * @throws UpstreamError when the group had to be read and could not be, or nothing says what is linked
   */
  linkedFindings(group: IncidentGroup, idsOnly: boolean): FindingElements | Promise<FindingElements> {
    const known = group.findingLinks;
    if (known !== null && (idsOnly || known.every((link) => link.kind === 'record'))) return this.#elements(known);
    return this.#readLinked(group, known, idsOnly);
  }

  async #readLinked(
    group: IncidentGroup,
    known: readonly FindingLink[] | null,
    idsOnly: boolean,
  ): Promise<FindingElements> {
    const read = await this.#wholeGroups.load(group.id);
    if (read === null) throw unreadableContent(RADAR, 'a group that was just answered cannot be read', 404);
    if (known !== null) return this.#resolve(known, read.findingLinks ?? []);
    // Neither null nor {} means that nothing is linked.
    if (read.findingLinks === null) throw unreadableContent(RADAR, 'the group does not say which findings are linked');
    return idsOnly ? this.#elements(read.findingLinks) : this.#resolve(read.findingLinks);
  }

  #elements(links: readonly FindingLink[]): FindingElements {
    this.#spend(links.length);
    return links.map((link) => {
      if (link.kind === 'record') return link.finding;
      return link.kind === 'reference' ? new RadarFinding(link.id, {}) : link.error;
    });
  }

  #spend(findings: number): void {
    this.#answered += findings;
    if (this.#answered <= MAX_FINDINGS) return;
    const message = `asks for more than ${MAX_FINDINGS} findings in one operation.`;
    throw new InvalidInputError([{ path: ['serviceAssetFindings'], code: 'TOO_MANY', message }]);
  }

  /** Whole findings in the order of `links`, taken from `pool` where it has them. */
  async #resolve(links: readonly FindingLink[], pool: readonly FindingLink[] = []): Promise<FindingElements> {
    this.#spend(links.length);
    const records = new Map<string, ServiceAssetFinding>();
    for (const link of pool) if (link.kind === 'record') records.set(cacheKeyFn(link.id), link.finding);
    return settleEach(links, async (link) => {
      if (link.kind === 'record') return link.finding;
      if (link.kind === 'unusable') throw link.error;
      const record = records.get(cacheKeyFn(link.id));
      if (record !== undefined) return record;
      // Ids inside a body may have any form; only a UUID may become part of an address.
      if (!isUuid(link.id))
        throw unreadableContent(RADAR, 'the id of a linked finding is no UUID, so it cannot be read');
      return this.#findings.load(link.id);
    });
  }
}
