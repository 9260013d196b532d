/**
 * GTM's built-in variables: API type and display name. The names are English in every
 * container, whatever the author's language.
 */
export const BUILT_IN_NAMES: ReadonlyMap<string, string> = new Map([
  ['pageUrl', 'Page URL'],
  ['pageHostname', 'Page Hostname'],
  ['pagePath', 'Page Path'],
  ['referrer', 'Referrer'],
  ['event', 'Event'],
  ['clickElement', 'Click Element'],
  ['clickClasses', 'Click Classes'],
  ['clickId', 'Click ID'],
  ['clickTarget', 'Click Target'],
  ['clickUrl', 'Click URL'],
  ['clickText', 'Click Text'],
  ['formElement', 'Form Element'],
  ['formClasses', 'Form Classes'],
  ['formId', 'Form ID'],
  ['formTarget', 'Form Target'],
  ['formUrl', 'Form URL'],
  ['formText', 'Form Text'],
  ['errorMessage', 'Error Message'],
  ['errorUrl', 'Error URL'],
  ['errorLine', 'Error Line'],
  ['newHistoryFragment', 'New History Fragment'],
  ['oldHistoryFragment', 'Old History Fragment'],
  ['newHistoryState', 'New History State'],
  ['oldHistoryState', 'Old History State'],
  ['historySource', 'History Source'],
  ['videoProvider', 'Video Provider'],
  ['videoUrl', 'Video URL'],
  ['videoTitle', 'Video Title'],
  ['videoDuration', 'Video Duration'],
  ['videoPercent', 'Video Percent'],
  ['videoVisible', 'Video Visible'],
  ['videoStatus', 'Video Status'],
  ['videoCurrentTime', 'Video Current Time'],
  ['scrollDepthThreshold', 'Scroll Depth Threshold'],
  ['scrollDepthUnits', 'Scroll Depth Units'],
  ['scrollDepthDirection', 'Scroll Direction'],
  ['elementVisibilityRatio', 'Percent Visible'],
  ['elementVisibilityTime', 'On-Screen Duration'],
  ['debugMode', 'Debug Mode'],
  ['containerId', 'Container ID'],
  ['containerVersion', 'Container Version'],
  ['environmentName', 'Environment Name'],
  ['htmlId', 'HTML ID'],
  ['randomNumber', 'Random Number'],
])

/** The type by display name. */
export const BUILT_IN_TYPES: ReadonlyMap<string, string> = new Map(
  [...BUILT_IN_NAMES].map(([type, name]) => [name, type] as const),
)

/** The display name of a built-in variable. */
export function builtInName(type: string): string {
  const name = BUILT_IN_NAMES.get(type)
  if (name === undefined) throw new Error(`No built-in variable "${type}".`)
  return name
}

/** Whether a display name is that of a built-in variable. */
export function builtInNamed(name: string): boolean {
  return BUILT_IN_TYPES.has(name)
}
