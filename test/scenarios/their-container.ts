/** An export of the container of staging with what other people made in it. */

export const IDS = { accountId: '6001', containerId: '2' }

/** @param content lists of entities in the form of GTM's export, each with IDS */
export function theirContainer(content: Readonly<Record<string, readonly object[]>>): object {
  return {
    exportFormatVersion: 2,
    containerVersion: {
      ...IDS,
      containerVersionId: '3',
      container: { ...IDS, name: 'Shop', publicId: 'GTM-STAGE01', usageContext: ['WEB'] },
      ...content,
    },
  }
}
