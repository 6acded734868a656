/** The shift's watch list: runbooks and names from `directory`, everything else from `incidents`. */
export const crossingQuery = `query WatchList {
  watchedGroups(first: 3) {
    title
    user { displayName }
    group { name }
    serviceAssetFindings { title risk }
    runbook
  }
}`;
