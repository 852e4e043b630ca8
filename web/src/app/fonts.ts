import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';

// Letters, digits and signs of figures. General punctuation stays with the Chinese font: quotation
// marks and dashes of a Latin font look wrong between Han characters.
const FACES = {
  'Cairn Latin': 'U+0020-007E, U+00A0-00B6, U+00B8-00FF, U+2212, U+2190-2193',
  // For English pages (base.css): an apostrophe as wide as a Han character tears a word apart.
  'Cairn Punctuation': 'U+00B7, U+2010-2026',
};

/** Loads the Latin letters and tabular digits; the system's font stands in until they are here. */
export function loadFonts(): void {
  for (const [family, unicodeRange] of Object.entries(FACES)) {
    const face = new FontFace(family, `url(${latin})`, {
      weight: '100 900',
      unicodeRange,
      display: 'swap',
    });
    document.fonts.add(face);
    face.load().catch(() => {
      // The system's font stays: nothing else depends on it.
    });
  }
}
