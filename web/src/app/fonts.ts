import latin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';

// Letters, digits and signs of figures. General punctuation stays with the Chinese font: quotation
// marks and dashes of a Latin font look wrong between Han characters.
const RANGE = 'U+0020-007E, U+00A0-00B6, U+00B8-00FF, U+2212, U+2190-2193';

/** Loads the Latin letters and tabular digits; the system's font stands in until they are here. */
export function loadFonts(): void {
  const face = new FontFace('Cairn Latin', `url(${latin})`, {
    weight: '100 900',
    unicodeRange: RANGE,
    display: 'swap',
  });
  document.fonts.add(face);
  face.load().catch(() => {
    // The system's font stays: nothing else depends on it.
  });
}
