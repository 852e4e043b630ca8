import { OfdError } from './errors.ts';
import v21Type01 from './layouts/v21-01.json' with { type: 'json' };
import v21Type02 from './layouts/v21-02.json' with { type: 'json' };
import v21Type03 from './layouts/v21-03.json' with { type: 'json' };
import v21Type04 from './layouts/v21-04.json' with { type: 'json' };
import v21Type05 from './layouts/v21-05.json' with { type: 'json' };
import v21Type06 from './layouts/v21-06.json' with { type: 'json' };
import v21Type07 from './layouts/v21-07.json' with { type: 'json' };
import v22Type01 from './layouts/v22-01.json' with { type: 'json' };
import v22Type02 from './layouts/v22-02.json' with { type: 'json' };
import v22Type04 from './layouts/v22-04.json' with { type: 'json' };
import v22Type06 from './layouts/v22-06.json' with { type: 'json' };

/** The layout generations. A header that says version 20 is read and written with the 2.1 layout. */
export type OfdVersion = '21' | '22';

/**
 * One field: `A` digits (letters too where `text`), `C` text in GB18030, `N` fixed-point digits
 * without the point. `length` in bytes; `decimals` is the number of implied decimals of an N field.
 */
export interface OfdField {
  readonly name: string;
  readonly type: 'A' | 'C' | 'N';
  readonly length: number;
  readonly decimals: number;
  readonly text?: boolean;
}

/** The records of one file type in one version and profile. */
export interface OfdLayout {
  readonly version: OfdVersion;
  readonly profile: string;
  readonly fileType: string;
  readonly fields: readonly OfdField[];
  /** Sum of the field lengths, in bytes, without the CR LF. */
  readonly recordLength: number;
  readonly direction: 'toRegistrar' | 'toDistributor';
  /** True if two independent sources or a real file agree on names and widths. */
  readonly verified: boolean;
  /** Where the layout comes from and what is not checked. */
  readonly note: string;
}

/** A layout as data: fields as `Name TypeLength.decimals`, with ` text` after letters-and-digits. */
export interface OfdLayoutData {
  readonly version: string;
  readonly profile: string;
  readonly fileType: string;
  readonly direction: string;
  readonly recordLength: number;
  readonly verified: boolean;
  readonly note: string;
  readonly fields: readonly string[];
}

const versions = ['21', '22'] as const;
const directions = ['toRegistrar', 'toDistributor'] as const;

function refuseLayout(reason: string): never {
  throw new OfdError('LAYOUT_DATA', {}, { reason });
}

function parseField(source: string): OfdField {
  const match = /^([A-Za-z]\w{0,59}) ([ACN])([1-9]\d{0,3})(?:\.(\d{1,2}))?( text)?$/.exec(source);
  if (match === null) refuseLayout(`"${source}" is not a field`);
  const [, name = '', letter, length, decimals, text] = match;
  const type = letter === 'A' || letter === 'N' ? letter : 'C';
  const field = { name, type, length: Number(length) } as const;
  if ((letter === 'N') !== (decimals !== undefined)) refuseLayout(`${name}: decimals are for N`);
  const scale = decimals === undefined ? 0 : Number(decimals);
  if (scale > field.length) refuseLayout(`${name}: more decimals than digits`);
  return text === undefined
    ? { ...field, decimals: scale }
    : { ...field, decimals: scale, text: true };
}

/**
 * Makes a layout from data: the way to add a profile without code. Checks the notation, that no
 * name occurs twice (compared without case) and that the widths sum to `recordLength`; throws
 * `LAYOUT_DATA`. Pass the result as `layout` to the readers and writers.
 */
export function defineLayout(data: OfdLayoutData): OfdLayout {
  const { profile, fileType, recordLength, verified, note } = data;
  const version = versions.find((known) => known === data.version);
  const direction = directions.find((known) => known === data.direction);
  if (version === undefined) refuseLayout(`version ${data.version}`);
  if (direction === undefined) refuseLayout(`direction ${data.direction}`);
  if (!/^[0-9A-Z]{2}$/.test(fileType)) refuseLayout(`file type ${fileType}`);
  const fields = data.fields.map(parseField);
  const names = new Set(fields.map((field) => field.name.toLowerCase()));
  if (names.size !== fields.length || fields.length === 0) refuseLayout('field names repeat');
  const sum = fields.reduce((total, field) => total + field.length, 0);
  if (sum !== recordLength) refuseLayout(`the fields sum to ${sum}, not ${recordLength}`);
  return { version, profile, fileType, fields, recordLength, direction, verified, note };
}

/** All layouts that come with the package. */
export const layouts: readonly OfdLayout[] = [
  v21Type01,
  v21Type02,
  v21Type03,
  v21Type04,
  v21Type05,
  v21Type06,
  v21Type07,
  v22Type01,
  v22Type02,
  v22Type04,
  v22Type06,
].map(defineLayout);

const layoutByKey = new Map(
  layouts.map((layout) => [`${layout.version}/${layout.profile}/${layout.fileType}`, layout]),
);

/** Why a layout that a newcomer would look for is not there. */
const absentReasons: Readonly<Record<string, string>> = {
  '22/standard/03': 'seven of the eight fields that V2.2 adds are not published',
  '22/standard/05': 'the sources disagree on which three fields V2.2 adds',
  '22/standard/07': 'the widths of the three fields that V2.2 adds are not published',
};

/** The layout of a version, file type and profile, or undefined if there is none. */
export function findLayout(
  version: OfdVersion,
  fileType: string,
  profile = 'standard',
): OfdLayout | undefined {
  return layoutByKey.get(`${version}/${profile}/${fileType}`);
}

/** Like `findLayout`, but throws `UNSUPPORTED_LAYOUT` with the reason. */
export function getLayout(version: OfdVersion, fileType: string, profile = 'standard'): OfdLayout {
  const layout = findLayout(version, fileType, profile);
  if (layout !== undefined) return layout;
  const key = `${version}/${profile}/${fileType}`;
  const reason = absentReasons[key] ?? 'not carried by this package';
  throw new OfdError('UNSUPPORTED_LAYOUT', {}, { version, profile, fileType, reason });
}

/** The layout generation of a header's version text (20, 21, 22, zero- or blank-padded). */
export function findLayoutVersion(versionText: string): OfdVersion | undefined {
  const match = /^0*(20|21|22)$/.exec(versionText.trim());
  if (match === null) return undefined;
  return match[1] === '22' ? '22' : '21';
}
