/** Which fields of exchange files are personal data, and what stands in their place on a screen. */
const PERSONAL: ReadonlySet<string> = new Set([
  'Address',
  'InstReprIDCode',
  'InstReprName',
  'CertificateNo',
  'InvestorName',
  'TransactorCertNo',
  'TransactorName',
  'InvestorsBirthday',
  'EmailAddress',
  'FaxNo',
  'HomeTelNo',
  'MobileTelNo',
  'OfficeTelNo',
  'TelNo',
  'AcctNoOfInvestorInClearingAgency',
  'CorpName',
  'EnglishFirstName',
  'EnglishFamliyName',
  'AuxCertCode',
  'IPAddress',
  'MACAddress',
]);

/** Whether a field of the protocol holds personal data. */
export function isPersonalField(field: string): boolean {
  return PERSONAL.has(field);
}

const TAIL_MIN = 9;
const TAIL = 4;

/** The text of a field, masked when it is personal: the first letter, and the end of a long number. */
export function maskField(field: string, text: string): string {
  if (!isPersonalField(field) || text === '') return text;
  const letters = Array.from(text);
  if (letters.length === 1) return '*';
  const tail = letters.length >= TAIL_MIN && /\d/.test(text) ? letters.slice(-TAIL).join('') : '';
  const hidden = letters.length - 1 - tail.length;
  return `${letters[0] ?? ''}${'*'.repeat(hidden)}${tail}`;
}
