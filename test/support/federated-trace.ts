import { Trace } from '@apollo/usage-reporting-protobuf';

/** A node of a trace: the field it is about (or the index in a list), its type, its errors as the router gets them. */
export interface TraceNode {
  readonly name: string | number;
  readonly type?: string;
  readonly errors?: readonly { readonly message: string; readonly json: unknown }[];
  readonly children?: readonly TraceNode[];
}

/** The base64 text that an answer carries for the router; `undefined` when there is none. */
export function ftv1Of(text: string): string | undefined {
  return (JSON.parse(text) as { extensions?: { ftv1?: string } }).extensions?.ftv1;
}

/** The trace in an answer. @throws Error when there is none, or when it is no trace */
export function traceOf(text: string): { readonly trace: Trace; readonly fields: readonly TraceNode[] } {
  const encoded = ftv1Of(text);
  if (encoded === undefined) throw new Error(`there is no trace in ${text}`);
  const trace = Trace.decode(Buffer.from(encoded, 'base64'));
  return { trace, fields: (trace.root?.child ?? []).map(toNode) };
}

function toNode(node: Trace.INode): TraceNode {
  const { responseName, index, type, error = [], child = [] } = node;
  return {
    name: typeof responseName === 'string' && responseName !== '' ? responseName : (index ?? -1),
    ...(typeof type === 'string' && type !== '' && { type }),
    ...(error !== null && error.length > 0 && { errors: error.map(toError) }),
    ...(child !== null && child.length > 0 && { children: inOrder(child.map(toNode)) }),
  };
}

/** Elements of a list by their index; they are traced in the order in which they were finished. */
function inOrder(nodes: readonly TraceNode[]): readonly TraceNode[] {
  return nodes.toSorted(({ name: one }, { name: other }) =>
    typeof one === 'number' && typeof other === 'number' ? one - other : 0,
  );
}

function toError({ message, json }: Trace.IError) {
  return { message: message ?? '', json: JSON.parse(json ?? 'null') as unknown };
}
