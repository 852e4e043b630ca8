/** The front door of clearing: the business day, files, exceptions and reconciliation. */
export { clearingChecks } from './checks.ts';
export {
  type DayRun,
  getDay,
  lastClosedDate,
  openBusinessDate,
  runDay,
  type RunOptions,
  type StepResult,
  stepsOf,
} from './day.ts';
export { DAY_STEPS, type DayStep, STEP_TITLES } from './domain/steps.ts';
export { clearingErrors } from './errors.ts';
export { dayFigures } from './figures.ts';
export { type DayWorld, type ExchangeSettings } from './exchange.ts';
export { actOnException, type ExceptionRow, openExceptions } from './exceptions.ts';
export { exceptionTexts, textsOf } from './texts.ts';
export { listDifferences } from './queries.ts';
export { listRefusalCodes, proposeRefusalCodes, type RefusalCodes } from './refusal-codes.ts';
export {
  requestAcceptance,
  requestBooking,
  requestVoid,
  requestWaiver,
  retryException,
} from './resolve.ts';
export { clearingModule } from './module.ts';
export { confirmWaiting } from './steps/confirm.ts';
export { receivePackages } from './steps/receive.ts';
export { rebuildFiles } from './steps/send.ts';
