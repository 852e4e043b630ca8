import { OfdError } from './errors.ts';
import { findFileNameParts, type OfdDataFileName } from './file-name.ts';
import type { OfdHeader } from './header.ts';
import type { OfdIndex } from './index-file.ts';

/** A data file of a package: its name and its parsed header. */
export interface OfdPackageFile {
  readonly name: string;
  readonly header: OfdHeader;
}

const partyKeys = ['creator', 'receiver', 'date'] as const;

function sameCode(left: string, right: string): boolean {
  return left.toUpperCase() === right.toUpperCase();
}

function checkPresence(index: OfdIndex, files: readonly OfdPackageFile[]): OfdError[] {
  const errors: OfdError[] = [];
  const present = new Set(files.map((file) => file.name.toUpperCase()));
  const listed = new Set(index.files.map((name) => name.toUpperCase()));
  for (const name of index.files) {
    if (!present.has(name.toUpperCase()))
      errors.push(new OfdError('PACKAGE_MISSING', {}, { name }));
  }
  for (const { name } of files) {
    if (!listed.has(name.toUpperCase())) {
      errors.push(new OfdError('PACKAGE_EXTRA', { file: name }, { name }));
    }
  }
  return errors;
}

function checkParties(index: OfdIndex, file: OfdPackageFile, parts: OfdDataFileName): OfdError[] {
  const errors: OfdError[] = [];
  for (const key of partyKeys) {
    if (!sameCode(file.header[key], parts[key])) {
      const params = { item: key, inside: file.header[key], outside: parts[key] };
      errors.push(new OfdError('NAME_MISMATCH', { file: file.name }, params));
    }
    if (!sameCode(file.header[key], index[key])) {
      const params = { item: key, inside: file.header[key], outside: index[key] };
      errors.push(new OfdError('PACKAGE_MISMATCH', { file: file.name }, params));
    }
  }
  if (!sameCode(file.header.fileType, parts.fileType)) {
    const params = { item: 'file type', inside: file.header.fileType, outside: parts.fileType };
    errors.push(new OfdError('NAME_MISMATCH', { file: file.name }, params));
  }
  return errors;
}

/** Slices of one type are 001, 002, … without a gap; a type without slices is one single file. */
function checkSlices(names: readonly OfdDataFileName[]): OfdError[] {
  const errors: OfdError[] = [];
  for (const fileType of new Set(names.map((parts) => parts.fileType))) {
    const slices = names.filter((parts) => parts.fileType === fileType);
    if (slices.length === 1 && slices[0]?.sequence === undefined) continue;
    const numbers = slices.map((parts) => parts.sequence ?? 0).sort((a, b) => a - b);
    if (numbers.every((number, position) => number === position + 1)) continue;
    const found = numbers.map((number) => String(number).padStart(3, '0')).join(', ');
    const count = String(numbers.length).padStart(3, '0');
    errors.push(new OfdError('SLICE_NUMBERS', {}, { fileType, count, found }));
  }
  return errors;
}

/**
 * Checks a package as a whole: every listed file is there and none besides; creator, receiver and
 * date are the same in header, name and index; slices are numbered without a gap. Returns all
 * errors; a package with one is refused whole. The files themselves are checked by `parseFile`.
 */
export function checkPackage(index: OfdIndex, files: readonly OfdPackageFile[]): OfdError[] {
  const errors = checkPresence(index, files);
  const names: OfdDataFileName[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    const parts = findFileNameParts(file.name);
    if (parts?.kind !== 'OFD') {
      errors.push(new OfdError('FILE_NAME', { file: file.name }, { name: file.name }));
      continue;
    }
    if (seen.has(file.name.toUpperCase())) {
      errors.push(new OfdError('PACKAGE_EXTRA', { file: file.name }, { name: file.name }));
      continue;
    }
    seen.add(file.name.toUpperCase());
    names.push(parts);
    errors.push(...checkParties(index, file, parts));
  }
  return [...errors, ...checkSlices(names)];
}
