/**
 * The little that is used here of packages which only the benchmark installs: types and lint hold after a plain `npm ci` of the project.
 */

declare module '@apollo/datasource-rest' {
  export interface AugmentedRequest {
    readonly headers: Record<string, string>;
  }
  export class RESTDataSource {
    constructor(config: { readonly cache: unknown });
    baseURL?: string;
    willSendRequest?(path: string, request: AugmentedRequest): void;
    protected get<T>(path: string, request?: { readonly params?: Readonly<Record<string, string>> }): Promise<T>;
    protected patch<T>(path: string, request: { readonly body: object }): Promise<T>;
    protected put<T>(path: string, request: { readonly body: object }): Promise<T>;
  }
}

declare module 'fastify' {
  export interface Fastify {
    register(plugin: unknown, options: object): Promise<unknown>;
    listen(options: { readonly host: string; readonly port: number }): Promise<string>;
  }
  export default function fastify(): Fastify;
}

declare module 'mercurius' {
  const mercurius: unknown;
  export default mercurius;
}
