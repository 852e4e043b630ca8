export { checkFile, type OfdFile, parseFile } from './read.ts';
export type { OfdReadOptions } from './file-parser.ts';
export { OfdRecord, type OfdValue } from './record.ts';
export { type OfdHeaderInput, writeFile } from './write.ts';
export type { OfdWriteOptions } from './record-encoder.ts';
export type { OfdHeader } from './header.ts';
export {
  defineLayout,
  findLayout,
  findLayoutVersion,
  getLayout,
  layouts,
  type OfdField,
  type OfdLayout,
  type OfdLayoutData,
  type OfdVersion,
} from './layout.ts';
export {
  OfdError,
  type OfdErrorCode,
  ofdErrorTexts,
  type OfdLanguage,
  type OfdPlace,
} from './errors.ts';
export {
  dataFileName,
  findFileNameParts,
  indexFileName,
  isOfdDate,
  type OfdDataFileName,
  type OfdIndexFileName,
  type OfdIndexKind,
  parseFileName,
} from './file-name.ts';
export { type OfdIndex, parseIndex, writeIndex } from './index-file.ts';
export { checkPackage, type OfdPackageFile } from './package-check.ts';
export { byteLengthGb18030, decodeGb18030, encodeGb18030, truncateToBytes } from './gb18030.ts';
export { businessCodes, fileTypes, findConfirmCode, type OfdBusinessCode } from './codes.ts';
export { OfdReader, type OfdSource, readRecords } from './reader.ts';
export { OfdWriter } from './writer.ts';
export { codeValues, findCodeText, type OfdCodeText } from './code-values.ts';
export {
  type OfdPage,
  type OfdPageField,
  type OfdPageOptions,
  type OfdPageValue,
  readPage,
} from './page.ts';
export { inspect, inspectFile, type OfdInspection, type OfdInspectOptions } from './inspect.ts';
