/** Whether an address leads to this machine by its very form. */
export function isLoopback({ hostname }: URL): boolean {
  // The URL parser has brought every spelling of an address to this one.
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
