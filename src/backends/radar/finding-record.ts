import type { JsonObject, ServiceAssetFinding } from '../../domain.ts';
import { RADAR } from './name.ts';
import { WireRecord } from '../wire-record.ts';

/** A finding as an answer describes it. */
export class RadarFinding extends WireRecord implements ServiceAssetFinding {
  readonly __typename = 'ServiceAssetFinding';
  readonly id: string;

  constructor(id: string, wire: JsonObject) {
    super(RADAR, wire);
    this.id = id;
  }

  get createdAt(): string | null {
    return this.dateTime('created_at', this.wire['created_at']);
  }
  get updatedAt(): string | null {
    return this.dateTime('updated_at', this.wire['updated_at']);
  }
  get traceId(): string | null {
    return this.text('trace_id', this.wire['trace_id']);
  }
  get description(): string | null {
    return this.text('description', this.wire['description']);
  }
  get riskImpact(): string | null {
    return this.text('risk_impact', this.wire['risk_impact']);
  }
  get solution(): string | null {
    return this.text('solution', this.wire['solution']);
  }
  get mitigation(): string | null {
    return this.text('mitigation', this.wire['mitigation']);
  }
  get status(): string | null {
    return this.text('status', this.wire['status']);
  }
  get risklevel(): number | null {
    return this.number('risklevel', this.wire['risklevel']);
  }
  get serviceAssetId(): string | null {
    return this.text('service_asset_id', this.wire['service_asset_id']);
  }
  get findingId(): string | null {
    return this.text('finding_id', this.wire['finding_id']);
  }
  get analysisOutput(): string | null {
    return this.text('analysis_output', this.wire['analysis_output']);
  }
  get synopsis(): string | null {
    return this.text('synopsis', this.wire['synopsis']);
  }
  get title(): string | null {
    return this.text('title', this.wire['title']);
  }
  get risk(): string | null {
    return this.text('risk', this.wire['risk']);
  }
  get acknowledgedAt(): string | null {
    return this.dateTime('acknowledged_at', this.wire['acknowledged_at']);
  }
  get alertType(): string | null {
    return this.text('alert_type', this.wire['alert_type']);
  }
  get clientNote(): string | null {
    return this.text('client_note', this.wire['client_note']);
  }
  get internalNote(): string | null {
    return this.text('internal_note', this.wire['internal_note']);
  }
  get external(): boolean | null {
    return this.flag('external', this.wire['external']);
  }
  get immediateActionScore(): number | null {
    return this.number('immediate_action_score', this.wire['immediate_action_score']);
  }
  get throughputPeriod(): string | null {
    return this.text('throughput_period', this.wire['throughput_period']);
  }
  get throughputPeriodChange(): string | null {
    return this.dateTime('throughput_period_change', this.wire['throughput_period_change']);
  }
  get customerCreated(): boolean | null {
    return this.flag('customer_created', this.wire['customer_created']);
  }
  get cVisibleSince(): string | null {
    return this.dateTime('c_visible_since', this.wire['c_visible_since']);
  }
}
