// Written by `npm run generate` from schema/*.graphql. Do not edit.
import type { JsonObject } from '../domain.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Incident as IncidentModel, IncidentGroup as IncidentGroupModel, FindingElement } from '../domain.ts';
import type { RequestContext } from '../request-context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * A point in time as RFC 3339 text, for example `2023-12-20T00:00:01.652259Z`. The text is passed on as it is: fractions of a
   * second keep every digit the backend sent.
   */
  DateTime: { input: unknown; output: string; }
  /**
   * A JSON object, never a scalar or a list. Its inner shape belongs to the backend and is not described by its vendor.
   * Integers beyond 2^53-1 and numbers beyond the range of a double are refused in input, because they would arrive changed; send
   * those as text. Fractions keep the precision of a double; in an
   * answer larger integers are rounded.
   */
  JSONObject: { input: unknown; output: JsonObject; }
  _FieldSet: { input: unknown; output: unknown; }
};

/**
 * A NIS2 incident dossier of Aegister V-CISO. The fields are those of the documented update answer. A value that does not fit its
 * type is `null` with an `UPSTREAM_BAD_RESPONSE` error at its path. Read by key with one inferred `GET` a dossier.
 */
export type Incident = {
  readonly __typename?: 'Incident';
  /** Event data (`acn_event`), presumably for the Italian authority ACN. Not part of the documented update; meaning and shape not documented. */
  readonly acnEvent: Maybe<Scalars['JSONObject']['output']>;
  /** Sections (`acn_sections`), presumably of ACN's form. Not part of the documented update; meaning and shape not documented. */
  readonly acnSections: Maybe<Scalars['JSONObject']['output']>;
  /** Presumably results of the backend's own analysis (`ai_blob`). Not part of the documented update; meaning and shape not documented. */
  readonly aiBlob: Maybe<Scalars['JSONObject']['output']>;
  /** Classification data; inner shape not documented. */
  readonly classification: Maybe<Scalars['JSONObject']['output']>;
  /** When the dossier was created (`created_at`). */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Data of the full-report phase (`full_report`). */
  readonly fullReport: Maybe<Scalars['JSONObject']['output']>;
  /** Aegister's number of the incident, as decimal digits. Unique together with `organizationId`. */
  readonly id: Scalars['ID']['output'];
  /**
   * The Radar group whose id this incident carries as `referenceCode`; `null` when that is not a UUID. Asking for its `id` alone costs
   * no call, and then nobody looks whether Radar has the group; anything more costs one read of it, and is `null` when there is none.
   */
  readonly incidentGroup: Maybe<IncidentGroup>;
  /** Additional metadata; inner shape not documented. The subject type is filed in here by the backend. */
  readonly metadata: Maybe<Scalars['JSONObject']['output']>;
  /** Data of the 24-hour phase (`24h_notification`). */
  readonly notification24h: Maybe<Scalars['JSONObject']['output']>;
  /** Data of the 72-hour phase (`72h_notification`). */
  readonly notification72h: Maybe<Scalars['JSONObject']['output']>;
  /** Aegister's number of the organization (`organization_id`), as decimal digits. */
  readonly organizationId: Scalars['ID']['output'];
  /** Reporting phases. Not part of the documented update; how it relates to the three phase objects below is not documented. */
  readonly phases: Maybe<Scalars['JSONObject']['output']>;
  /** External reference code (`reference_code`). */
  readonly referenceCode: Maybe<Scalars['String']['output']>;
  /** Where the dossier stands. A status this schema does not know is `null` with an error at its path. */
  readonly status: Maybe<IncidentStatus>;
  /** Title of the incident. */
  readonly title: Maybe<Scalars['String']['output']>;
  /** When the dossier was last changed (`updated_at`). */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
};

/**
 * A group of incidents in Radar. The fields are those of the documented update answer. A value that does not fit its type is `null`
 * with an `UPSTREAM_BAD_RESPONSE` error at its path. Read by key with one inferred `GET` a group.
 */
export type IncidentGroup = {
  readonly __typename?: 'IncidentGroup';
  /** When the group was created (`created_at`), with microseconds. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Long description. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** SIEM user group the group is assigned to, by `group_id`; `null` when none is. Costs no call. */
  readonly group: Maybe<SiemUserGroup>;
  /** UUID of the group. */
  readonly id: Scalars['ID']['output'];
  /** How many incidents the backend counts in the group (`incidents_count`). May lag behind `serviceAssetFindings`. */
  readonly incidentsCount: Maybe<Scalars['Int']['output']>;
  /**
   * The findings in the group. `id` alone of ids already known costs no call; more costs at most one read of the group, not one a
   * finding, as long as the backend answers that read with whole findings. An element that cannot be resolved is `null` in its place.
   * One operation is answered with at most 50,000 findings in all.
   * After `updateIncidentGroup`: the list in the backend's answer, else the list just written, else one read of the group.
   */
  readonly serviceAssetFindings: Maybe<ReadonlyArray<Maybe<ServiceAssetFinding>>>;
  /** Title of the group. */
  readonly title: Maybe<Scalars['String']['output']>;
  /** When the group was last changed (`updated_at`), with microseconds. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
  /** SIEM user the group is assigned to, by `user_id`; `null` when nobody is. Costs no call. */
  readonly user: Maybe<SiemUser>;
};

/** Links of a group, each list the whole of what shall be linked afterwards. */
export type IncidentGroupRelationsInput = {
  /**
   * Ids of the findings in the group (`_relations.service_asset_findings`), each 1 to 128 printable characters, at most 10,000 unless
   * the service is set otherwise.
   * Absent: links untouched; `[]`: all links removed; a list: exactly these, duplicates removed, order kept; null: refused.
   */
  readonly serviceAssetFindingIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** Where a dossier stands, in the vendor's own three words. What each entails is not documented. */
export type IncidentStatus =
  /** `closed` */
  | 'CLOSED'
  /** `draft` */
  | 'DRAFT'
  /** `submitted`. Whether the backend sends anything to an authority on this change is not documented. */
  | 'SUBMITTED';

/** Writes. Each field is one write of its own; two of them in one operation are not one transaction. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Changes the given fields of one incident dossier and leaves every other field as it is.
   * Costs exactly one documented call, `PATCH /api/v1/V-Ciso/incidents/{organizationid}/{incidentid}`, unless the selection asks for more
   * of `incidentGroup` than its id: then one read of that group more.
   * When it fails, the error's `extensions.outcome` says what became of the write.
   */
  readonly updateIncident: Maybe<UpdateIncidentPayload>;
  /**
   * Changes the given fields of one group of incidents and leaves every other field as it is. Links to findings change only as
   * `relations` says.
   * Costs exactly one documented call, `PUT /cruddy/v2/incident_groups/update`, unless the selection asks for findings that the
   * answer does not carry: then one read of the group more.
   * When it fails, the error's `extensions.outcome` says what became of the write.
   */
  readonly updateIncidentGroup: Maybe<UpdateIncidentGroupPayload>;
};


/** Writes. Each field is one write of its own; two of them in one operation are not one transaction. */
export type MutationUpdateIncidentArgs = {
  input: UpdateIncidentInput;
};


/** Writes. Each field is one write of its own; two of them in one operation are not one transaction. */
export type MutationUpdateIncidentGroupArgs = {
  input: UpdateIncidentGroupInput;
};

/** Reads. A record that the backend does not have is `null` without an error. */
export type Query = {
  readonly __typename?: 'Query';
  /**
   * One incident dossier of Aegister V-CISO; `null` when the organization has no such incident.
   * Costs one `GET` on the path that the documented update uses. Aegister does not document this read: it is inferred from the
   * update's address.
   */
  readonly incident: Maybe<Incident>;
  /**
   * One group of incidents of Radar; `null` when Radar has no such group.
   * Costs one `GET /cruddy/v2/incident_groups/{id}`, findings included. The call is inferred from documented sibling resources.
   */
  readonly incidentGroup: Maybe<IncidentGroup>;
  /**
   * One finding of Radar; `null` when Radar has no such finding.
   * Costs one `GET /cruddy/v2/service_asset_findings/{id}`. The call is inferred from documented sibling resources.
   */
  readonly serviceAssetFinding: Maybe<ServiceAssetFinding>;
  /**
   * The findings that belong to one event; empty when Radar lists none, `null` when it answers 404. Which of the two it does for an event
   * it does not know is not documented.
   * Costs one documented call, `GET /cruddy/v2/sevice_asset_findings/by_event_uuid` (the vendor's spelling).
   */
  readonly serviceAssetFindingsByEvent: Maybe<ReadonlyArray<Maybe<ServiceAssetFinding>>>;
};


/** Reads. A record that the backend does not have is `null` without an error. */
export type QueryIncidentArgs = {
  id: Scalars['ID']['input'];
  organizationId: Scalars['ID']['input'];
};


/** Reads. A record that the backend does not have is `null` without an error. */
export type QueryIncidentGroupArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. A record that the backend does not have is `null` without an error. */
export type QueryServiceAssetFindingArgs = {
  id: Scalars['ID']['input'];
};


/** Reads. A record that the backend does not have is `null` without an error. */
export type QueryServiceAssetFindingsByEventArgs = {
  eventId: Scalars['ID']['input'];
};

/**
 * A finding on a service asset in Radar, which Radar's prose also calls an incident. The fields are those of the documented answer
 * for the findings of an event; that documentation gives names and examples, so what a field is for is read from its name. A value that does not fit its type is `null` with an `UPSTREAM_BAD_RESPONSE` error at its path.
 * Read by key with one inferred `GET` a finding.
 */
export type ServiceAssetFinding = {
  readonly __typename?: 'ServiceAssetFinding';
  /** When somebody took note of it (`acknowledged_at`). */
  readonly acknowledgedAt: Maybe<Scalars['DateTime']['output']>;
  /** How the alert arose (`alert_type`), for example `automatic`. An enum at the backend whose other values are not documented. */
  readonly alertType: Maybe<Scalars['String']['output']>;
  /** Output of the analysis (`analysis_output`). */
  readonly analysisOutput: Maybe<Scalars['String']['output']>;
  /** Since when the customer can see it (`c_visible_since`). */
  readonly cVisibleSince: Maybe<Scalars['DateTime']['output']>;
  /** Note for the customer (`client_note`). */
  readonly clientNote: Maybe<Scalars['String']['output']>;
  /** When the finding was created (`created_at`), with microseconds. */
  readonly createdAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether the customer created the finding (`customer_created`). */
  readonly customerCreated: Maybe<Scalars['Boolean']['output']>;
  /** What was found. */
  readonly description: Maybe<Scalars['String']['output']>;
  /** Whether the finding comes from outside. */
  readonly external: Maybe<Scalars['Boolean']['output']>;
  /** UUID of the type of incident (`finding_id`). */
  readonly findingId: Maybe<Scalars['ID']['output']>;
  /** UUID of the finding. */
  readonly id: Scalars['ID']['output'];
  /** How urgent immediate action is (`immediate_action_score`), as a number; the scale is not documented. */
  readonly immediateActionScore: Maybe<Scalars['Float']['output']>;
  /** Note for the operators (`internal_note`). */
  readonly internalNote: Maybe<Scalars['String']['output']>;
  /** How to lessen it meanwhile. */
  readonly mitigation: Maybe<Scalars['String']['output']>;
  /** Risk class, for example `none`. An enum at the backend whose other values are not documented. */
  readonly risk: Maybe<Scalars['String']['output']>;
  /** What the risk may lead to (`risk_impact`). */
  readonly riskImpact: Maybe<Scalars['String']['output']>;
  /** Risk level as a number; the scale is not documented. */
  readonly risklevel: Maybe<Scalars['Float']['output']>;
  /** UUID of the service asset concerned (`service_asset_id`). */
  readonly serviceAssetId: Maybe<Scalars['ID']['output']>;
  /** How to solve it. */
  readonly solution: Maybe<Scalars['String']['output']>;
  /** State of work, for example `assigned_customer`. An enum at the backend whose other values are not documented. */
  readonly status: Maybe<Scalars['String']['output']>;
  /** Short summary. */
  readonly synopsis: Maybe<Scalars['String']['output']>;
  /**
   * Phase of the time allowed for handling (`throughput_period`), for example `grace`. An enum at the backend whose other values are
   * not documented.
   */
  readonly throughputPeriod: Maybe<Scalars['String']['output']>;
  /** When that phase last changed (`throughput_period_change`). */
  readonly throughputPeriodChange: Maybe<Scalars['DateTime']['output']>;
  /** Title of the finding. */
  readonly title: Maybe<Scalars['String']['output']>;
  /** Trace id (`trace_id`). */
  readonly traceId: Maybe<Scalars['ID']['output']>;
  /** When the finding was last changed (`updated_at`), with microseconds. */
  readonly updatedAt: Maybe<Scalars['DateTime']['output']>;
};

/**
 * A user of the SIEM's own directory, by id only. Not a user of any other system: the name keeps it from being joined with one by
 * accident. Another subgraph may add fields to it.
 */
export type SiemUser = {
  readonly __typename?: 'SiemUser';
  /** The user's id in Radar. */
  readonly id: Scalars['ID']['output'];
};

/** A user group of the SIEM's own directory, by id only. Another subgraph may add fields to it. */
export type SiemUserGroup = {
  readonly __typename?: 'SiemUserGroup';
  /** The user group's id in Radar. */
  readonly id: Scalars['ID']['output'];
};

/**
 * What to change in a group. A field that is absent stays untouched at the backend. `null` is refused, but for `userId` and
 * `groupId`, where it means nobody. At least one field besides the id has to be given.
 */
export type UpdateIncidentGroupInput = {
  /**
   * Creation time (`created_at`). Owned by the backend; only for installations that insist on receiving it. Absent: not sent; null:
   * refused.
   */
  readonly createdAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Long description. Absent: unchanged; null: refused; empty text is sent as it is. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** SIEM user group the group is assigned to (`group_id`), 1 to 128 printable characters. Absent: unchanged; null: nobody. */
  readonly groupId?: InputMaybe<Scalars['ID']['input']>;
  /** The group's UUID, upper or lower case. */
  readonly id: Scalars['ID']['input'];
  /** Links to other records. Absent, or without any list inside: no link changes; null: refused. */
  readonly relations?: InputMaybe<IncidentGroupRelationsInput>;
  /** Title of the group. Absent: unchanged; null: refused; empty text is sent as it is. Where Radar wants it to be unique, one in use is answered with `CONFLICT`. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /**
   * Trace id (`trace_id`), 1 to 128 printable characters; part of the vendor's example, not of its description. Absent: not sent;
   * null: refused.
   */
  readonly traceId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * Change time (`updated_at`). Owned by the backend; only for installations that insist on receiving it. Absent: not sent; null:
   * refused.
   */
  readonly updatedAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** SIEM user the group is assigned to (`user_id`), 1 to 128 printable characters. Absent: unchanged; null: nobody. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** What `updateIncidentGroup` answers. */
export type UpdateIncidentGroupPayload = {
  readonly __typename?: 'UpdateIncidentGroupPayload';
  /** The group as the backend answered after the change. */
  readonly incidentGroup: Maybe<IncidentGroup>;
};

/**
 * What to change in an incident. A field that is absent stays untouched at the backend; `null` is refused for every optional
 * field, because Aegister does not say what a null would do. At least one field besides the two ids has to be given.
 */
export type UpdateIncidentInput = {
  /**
   * Classification data. Absent: unchanged; null: refused; `{}` is sent as an empty object. Whether the backend merges or replaces
   * the stored object is not documented.
   */
  readonly classification?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Data of the full-report phase (`full_report`). Absent: unchanged; null: refused; `{}` is sent as an empty object. */
  readonly fullReport?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Aegister's number of the incident: decimal digits, no sign, no leading zero, at most 2^53-1. Part of the address, never changed. */
  readonly id: Scalars['ID']['input'];
  /**
   * Additional metadata. Absent: unchanged; null: refused; `{}` is sent as an empty object. Merge or replacement is not documented,
   * nor is the result of sending `subjectType` beside it.
   */
  readonly metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Data of the 24-hour phase (`24h_notification`). Absent: unchanged; null: refused; `{}` is sent as an empty object. */
  readonly notification24h?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Data of the 72-hour phase (`72h_notification`). Absent: unchanged; null: refused; `{}` is sent as an empty object. */
  readonly notification72h?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Aegister's number of the organization: decimal digits, no sign, no leading zero, at most 2^53-1. Part of the address, never changed. */
  readonly organizationId: Scalars['ID']['input'];
  /**
   * External reference code (`reference_code`). A code that is the UUID of a Radar group links the incident to it, see
   * `Incident.incidentGroup`. Absent: unchanged; null: refused; empty text is sent as it is.
   */
  readonly referenceCode?: InputMaybe<Scalars['String']['input']>;
  /** Status to set. Absent: unchanged; null: refused. Which transitions the backend allows is not documented. */
  readonly status?: InputMaybe<IncidentStatus>;
  /**
   * Subject type (`subject_type`). The backend files it under the metadata and does not return it by this name. Absent: unchanged;
   * null: refused; empty text is sent as it is.
   */
  readonly subjectType?: InputMaybe<Scalars['String']['input']>;
  /** Title of the incident. Absent: unchanged; null: refused; empty text is sent as it is. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
};

/** What `updateIncident` answers. */
export type UpdateIncidentPayload = {
  readonly __typename?: 'UpdateIncidentPayload';
  /** The incident as the backend answered after the change. */
  readonly incident: Maybe<Incident>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Incident: Incident;
  IncidentGroup: IncidentGroup;
  ServiceAssetFinding: ServiceAssetFinding;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Incident:
    ( { __typename: 'Incident' }
    & GraphQLRecursivePick<FederationTypes['Incident'], {"organizationId":true,"id":true}> );
  IncidentGroup:
    ( { __typename: 'IncidentGroup' }
    & GraphQLRecursivePick<FederationTypes['IncidentGroup'], {"id":true}> );
  ServiceAssetFinding:
    ( { __typename: 'ServiceAssetFinding' }
    & GraphQLRecursivePick<FederationTypes['ServiceAssetFinding'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Incident: ResolverTypeWrapper<IncidentModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  IncidentGroup: ResolverTypeWrapper<IncidentGroupModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  IncidentGroupRelationsInput: IncidentGroupRelationsInput;
  IncidentStatus: IncidentStatus;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ServiceAssetFinding: ResolverTypeWrapper<FindingElement>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  SiemUser: ResolverTypeWrapper<SiemUser>;
  SiemUserGroup: ResolverTypeWrapper<SiemUserGroup>;
  UpdateIncidentGroupInput: UpdateIncidentGroupInput;
  UpdateIncidentGroupPayload: ResolverTypeWrapper<Omit<UpdateIncidentGroupPayload, 'incidentGroup'> & { incidentGroup?: Maybe<ResolversTypes['IncidentGroup']> }>;
  UpdateIncidentInput: UpdateIncidentInput;
  UpdateIncidentPayload: ResolverTypeWrapper<Omit<UpdateIncidentPayload, 'incident'> & { incident?: Maybe<ResolversTypes['Incident']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Incident: IncidentModel;
  ID: Scalars['ID']['output'];
  IncidentGroup: IncidentGroupModel;
  Int: Scalars['Int']['output'];
  IncidentGroupRelationsInput: IncidentGroupRelationsInput;
  JSONObject: Scalars['JSONObject']['output'];
  Mutation: Record<PropertyKey, never>;
  Query: Record<PropertyKey, never>;
  ServiceAssetFinding: FindingElement;
  Boolean: Scalars['Boolean']['output'];
  Float: Scalars['Float']['output'];
  SiemUser: SiemUser;
  SiemUserGroup: SiemUserGroup;
  UpdateIncidentGroupInput: UpdateIncidentGroupInput;
  UpdateIncidentGroupPayload: Omit<UpdateIncidentGroupPayload, 'incidentGroup'> & { incidentGroup?: Maybe<ResolversParentTypes['IncidentGroup']> };
  UpdateIncidentInput: UpdateIncidentInput;
  UpdateIncidentPayload: Omit<UpdateIncidentPayload, 'incident'> & { incident?: Maybe<ResolversParentTypes['Incident']> };
  String: Scalars['String']['output'];
};

export type ContactDirectiveArgs = {
  description?: Maybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  url?: Maybe<Scalars['String']['input']>;
};

export type ContactDirectiveResolver<Result, Parent, ContextType = RequestContext, Args = ContactDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type IncidentResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Incident'] = ResolversParentTypes['Incident'], FederationReferenceType extends FederationReferenceTypes['Incident'] = FederationReferenceTypes['Incident']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Incident']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acnEvent?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  acnSections?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  aiBlob?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  classification?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fullReport?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incidentGroup?: Resolver<Maybe<ResolversTypes['IncidentGroup']>, ParentType, ContextType>;
  metadata?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  notification24h?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  notification72h?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  organizationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  phases?: Resolver<Maybe<ResolversTypes['JSONObject']>, ParentType, ContextType>;
  referenceCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['IncidentStatus']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type IncidentGroupResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['IncidentGroup'] = ResolversParentTypes['IncidentGroup'], FederationReferenceType extends FederationReferenceTypes['IncidentGroup'] = FederationReferenceTypes['IncidentGroup']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['IncidentGroup']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['SiemUserGroup']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  incidentsCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  serviceAssetFindings?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['ServiceAssetFinding']>>>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['SiemUser']>, ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type MutationResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  updateIncident?: Resolver<Maybe<ResolversTypes['UpdateIncidentPayload']>, ParentType, ContextType, RequireFields<MutationUpdateIncidentArgs, 'input'>>;
  updateIncidentGroup?: Resolver<Maybe<ResolversTypes['UpdateIncidentGroupPayload']>, ParentType, ContextType, RequireFields<MutationUpdateIncidentGroupArgs, 'input'>>;
};

export type QueryResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType, RequireFields<QueryIncidentArgs, 'id' | 'organizationId'>>;
  incidentGroup?: Resolver<Maybe<ResolversTypes['IncidentGroup']>, ParentType, ContextType, RequireFields<QueryIncidentGroupArgs, 'id'>>;
  serviceAssetFinding?: Resolver<Maybe<ResolversTypes['ServiceAssetFinding']>, ParentType, ContextType, RequireFields<QueryServiceAssetFindingArgs, 'id'>>;
  serviceAssetFindingsByEvent?: Resolver<Maybe<ReadonlyArray<Maybe<ResolversTypes['ServiceAssetFinding']>>>, ParentType, ContextType, RequireFields<QueryServiceAssetFindingsByEventArgs, 'eventId'>>;
};

export type ServiceAssetFindingResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['ServiceAssetFinding'] = ResolversParentTypes['ServiceAssetFinding'], FederationReferenceType extends FederationReferenceTypes['ServiceAssetFinding'] = FederationReferenceTypes['ServiceAssetFinding']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ServiceAssetFinding']> | FederationReferenceType, FederationReferenceType, ContextType>;
  acknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  alertType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  analysisOutput?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  cVisibleSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  clientNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  customerCreated?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  external?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  findingId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  immediateActionScore?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  internalNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mitigation?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  risk?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  riskImpact?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  risklevel?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  serviceAssetId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  solution?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  synopsis?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  throughputPeriod?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  throughputPeriodChange?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  traceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SiemUserResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SiemUser'] = ResolversParentTypes['SiemUser']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SiemUserGroupResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['SiemUserGroup'] = ResolversParentTypes['SiemUserGroup']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type UpdateIncidentGroupPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateIncidentGroupPayload'] = ResolversParentTypes['UpdateIncidentGroupPayload']> = {
  incidentGroup?: Resolver<Maybe<ResolversTypes['IncidentGroup']>, ParentType, ContextType>;
};

export type UpdateIncidentPayloadResolvers<ContextType = RequestContext, ParentType extends ResolversParentTypes['UpdateIncidentPayload'] = ResolversParentTypes['UpdateIncidentPayload']> = {
  incident?: Resolver<Maybe<ResolversTypes['Incident']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = RequestContext> = {
  DateTime?: GraphQLScalarType;
  Incident?: IncidentResolvers<ContextType>;
  IncidentGroup?: IncidentGroupResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  ServiceAssetFinding?: ServiceAssetFindingResolvers<ContextType>;
  SiemUser?: SiemUserResolvers<ContextType>;
  SiemUserGroup?: SiemUserGroupResolvers<ContextType>;
  UpdateIncidentGroupPayload?: UpdateIncidentGroupPayloadResolvers<ContextType>;
  UpdateIncidentPayload?: UpdateIncidentPayloadResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = RequestContext> = {
  contact?: ContactDirectiveResolver<any, any, ContextType>;
};
