/** Names that are the same in every language: of formats, and of languages in their own. */
export const FORMAT_NAMES = { pdf: 'PDF', xlsx: 'Excel' } as const;
export const LANGUAGE_NAMES = { zh: '中文', en: 'English' } as const;
