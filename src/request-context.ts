import type { backends } from './backends/index.ts';
import type { Backend } from './backends/backend.ts';
import type { UpdateIncidentGroupCommand } from './validation/update-incident-group.ts';

type ClientOf<B> = B extends Backend<string, infer Client> ? Client : never;

/** One client for each backend, by name, each with loaders of its own for this request. */
export type BackendClients = {
  readonly [B in (typeof backends)[number] as B['name']]: ClientOf<B>;
};

/** What resolvers get: made anew for every request, shared with no other. */
export interface RequestContext {
  readonly correlationId: string;
  readonly backends: BackendClients;
  /** Validators that depend on settings, built once. */
  readonly parsers: InputParsers;
  /** Secrets and addresses that must not stand in an answer: configured ones and what this caller sent. */
  readonly sensitive: readonly string[];
}

export interface InputParsers {
  /** @throws InvalidInputError */
  readonly updateIncidentGroup: (input: unknown) => UpdateIncidentGroupCommand;
}
