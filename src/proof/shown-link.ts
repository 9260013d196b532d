/** A link as it may be shown: `gtm_auth` lets everybody see what is not published yet. */
export function shownLink(link: string): string {
  return link.replace(/([?&]gtm_auth=)[^&#]*/g, '$1…')
}
