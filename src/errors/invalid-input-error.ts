/** One fault of the input. `path` is in GraphQL terms: `['input', 'relations', 'serviceAssetFindingIds', 3]`. */
export interface InputIssue {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** The caller's input was refused here; nothing was sent to a backend. */
export class InvalidInputError extends Error {
  readonly issues: readonly InputIssue[];

  constructor(issues: readonly InputIssue[]) {
    super(issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
    this.name = 'InvalidInputError';
    this.issues = issues;
  }
}
