// How long X counts a text to be: the same rules as accounts/platforms/x_length.py.

const AN_ADDRESS = 23;
const ONE = [[0, 0x10ff], [0x2000, 0x200d], [0x2010, 0x201f], [0x2032, 0x2037]]; // these count one, all others two
const ENDINGS = "com|org|net|gov|edu|mil|int|info|biz|us|uk|ca|mx|ht|eu|io|co|tv|me|ly|gl";
const ADDRESS = new RegExp(
  `https?://[^\\s<>"]+|(?<![\\p{L}\\p{N}_@.-])(?:[a-z0-9-]+\\.)+(?:${ENDINGS})(?![\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}_])(?:/[^\\s<>"]*)?`, "giu",
);
const BASE = "[\\u{1f1e6}-\\u{1f1ff}]{2}|[0-9#*]\\ufe0f?\\u20e3" +
  "|(?:[\\u{1f000}-\\u{1faff}\\u2600-\\u27bf\\u2b00-\\u2bff\\u2300-\\u23ff][\\ufe0f\\u{1f3fb}-\\u{1f3ff}]*[\\u{e0020}-\\u{e007f}]*)";
const EMOJI = new RegExp(`(?:${BASE})(?:\\u200d(?:${BASE}))*`, "gu");

export function weighted(text) {
  let length = 0;
  const plain = text.normalize("NFC").replace(ADDRESS, () => ((length += AN_ADDRESS), ""));
  const rest = plain.replace(EMOJI, () => ((length += 2), ""));
  for (const letter of rest) {
    const point = letter.codePointAt(0);
    length += ONE.some(([first, last]) => first <= point && point <= last) ? 1 : 2;
  }
  return length;
}
