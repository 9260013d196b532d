/**
 * Types of tags and variables, and which parameters each cannot do without. Types: the tag and variable dictionaries of the
 * API (https://developers.google.com/tag-platform/tag-manager/api/v2/tag-dictionary-reference) and those seen in exports.
 */
export const TAG_TYPES: ReadonlySet<string> = new Set(
  `awct awud awc awj sp gclidw flc fls ua ga gaawc gaawe googtag html img hjtc opt asp cts bzi crto ll mf messagemate
   nudge okt omn pa pc pntr placedPixel pijs qpx qcm fxm scjs sfl sfr shareaholic svw tdc tdlc tdsc twitter_website_tag
   uslt ytgt vdc ve_pixel abtGeneric adm ta turn vpc yieldify zone baut bb cegg cloud comm dbmr dcm gcs
   infinity jel lcl mpm mpr ms pap sca sg sgtmgaaw sgtmadsct sgtmadscl sgtmadsremarket sgtmfls sgtmua
   sgtmflc sgtmgaac ffl k50 spl tc tpsc ts xg qca linkedin`.split(/\s+/),
)

export const VARIABLE_TYPES: ReadonlySet<string> = new Set(
  `v c jsm u k j d e r aev smm remm f ctv cid dbg vis gas gtes gtcs awec uv md analytics_storage ed ev rh qp sgtmk fs rb
   rm rp fn cvt cs gtag_api aet et cb hi ic ip sgtmv WEBHOOK_DATA fir gtm_user_agent req rd t uc up ucw`.split(
    /\s+/,
  ),
)

/** Recorded: html, measurementIdOverride, elementId, conversionLabel, value; the others follow from exports, always present. */
export const REQUIRED_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'tag/html': ['html'],
  'tag/img': ['url'],
  'tag/googtag': ['tagId'],
  'tag/gaawc': ['measurementId'],
  'tag/gaawe': ['eventName', 'measurementIdOverride'],
  'tag/awct': ['conversionId', 'conversionLabel'],
  'variable/v': ['name'],
  'variable/c': ['value'],
  'variable/jsm': ['javascript'],
  'variable/j': ['name'],
  'variable/k': ['name'],
  'variable/aev': ['varType'],
  'variable/smm': ['input'],
  'variable/remm': ['input'],
  'trigger/elementVisibility': [],
}

/** Columns of the tables whose rows are checked (message recorded; columns as in exports). */
export const TABLE_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  configSettingsTable: ['parameter', 'parameterValue'],
  eventSettingsTable: ['parameter', 'parameterValue'],
  eventParameters: ['name', 'value'],
  // Universal Analytics' settings have the other name.
  fieldsToSet: ['name', 'fieldName', 'value'],
  userProperties: ['name', 'value'],
}
