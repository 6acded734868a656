/** The forms in which a backend's address could give itself away in a text. */
export function addressesOf(url: URL): readonly string[] {
  return [url.host, url.hostname.replace(/^\[|\]$/g, '')];
}
