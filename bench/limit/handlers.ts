import type { WorkloadName } from '../workloads/workload.ts';

export interface UpstreamRequest {
  readonly backend: 'aegister' | 'radar';
  readonly method: 'GET' | 'PATCH' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
}

type Call = (request: UpstreamRequest) => Promise<unknown>;
type Handler = (request: { readonly variables: unknown }, call: Call) => Promise<unknown>;

interface IncidentInput {
  readonly organizationId: string;
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly classification: unknown;
  readonly notification24h: unknown;
  readonly fullReport: unknown;
}

interface GroupInput {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly userId: string;
  readonly groupId: string;
  readonly relations: { readonly serviceAssetFindingIds: readonly string[] };
}

type Wire = Readonly<Record<string, unknown>>;

/** What each workload's one operation comes to, written out by hand. Trusts everybody, as a limit may. */
export const HANDLERS: Readonly<Record<WorkloadName, Handler>> = {
  async W1(request, call) {
    const { input } = request.variables as { readonly input: IncidentInput };
    const body = {
      title: input.title,
      classification: input.classification,
      status: input.status.toLowerCase(),
      '24h_notification': input.notification24h,
      full_report: input.fullReport,
    };
    const path = `/api/v1/V-Ciso/incidents/${input.organizationId}/${input.id}`;
    const { data } = (await call({ backend: 'aegister', method: 'PATCH', path, body })) as { readonly data: Wire };
    const incident = {
      organizationId: String(data['organization_id']),
      id: String(data['id']),
      title: data['title'],
      referenceCode: data['reference_code'],
      status: String(data['status']).toUpperCase(),
      classification: data['classification'],
      metadata: data['metadata'],
      notification24h: data['24h_notification'],
      notification72h: data['72h_notification'],
      fullReport: data['full_report'],
      createdAt: data['created_at'],
      updatedAt: data['updated_at'],
    };
    return { updateIncident: { incident } };
  },

  async W2(request, call) {
    const { input } = request.variables as { readonly input: GroupInput };
    const body = {
      title: input.title,
      description: input.description,
      user_id: input.userId,
      group_id: input.groupId,
      id: input.id,
      _relations: { service_asset_findings: input.relations.serviceAssetFindingIds },
    };
    const path = '/cruddy/v2/incident_groups/update';
    const group = (await call({ backend: 'radar', method: 'PUT', path, body })) as Wire & {
      readonly service_asset_findings: readonly string[];
    };
    const incidentGroup = {
      id: group['id'],
      title: group['title'],
      description: group['description'],
      createdAt: group['created_at'],
      updatedAt: group['updated_at'],
      incidentsCount: group['incidents_count'],
      user: { id: group['user_id'] },
      group: { id: group['group_id'] },
      serviceAssetFindings: group.service_asset_findings.map((id) => ({ id })),
    };
    return { updateIncidentGroup: { incidentGroup } };
  },

  async W3(request, call) {
    const { id } = request.variables as { readonly id: string };
    const path = `/cruddy/v2/incident_groups/${id}`;
    const group = (await call({ backend: 'radar', method: 'GET', path })) as {
      readonly service_asset_findings: readonly Wire[];
    };
    const serviceAssetFindings = group.service_asset_findings.map((finding) => ({
      id: finding['id'],
      createdAt: finding['created_at'],
      updatedAt: finding['updated_at'],
      title: finding['title'],
      description: finding['description'],
      status: finding['status'],
      risklevel: finding['risklevel'],
      risk: finding['risk'],
      external: finding['external'],
      customerCreated: finding['customer_created'],
    }));
    return { incidentGroup: { serviceAssetFindings } };
  },

  async W4(request, call) {
    const { representations } = request.variables as { readonly representations: readonly { readonly id: string }[] };
    const read = async ({ id }: { readonly id: string }) => {
      const path = `/cruddy/v2/incident_groups/${id}?relations=`;
      const group = (await call({ backend: 'radar', method: 'GET', path })) as Wire;
      return { title: group['title'], user: { id: group['user_id'] } };
    };
    return { _entities: await Promise.all(representations.map(read)) };
  },
};
