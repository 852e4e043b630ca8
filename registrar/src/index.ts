export {
  createRegistrarWorld,
  type DayReport,
  type RegistrarReport,
  RegistrarWorld,
  type RegistrarWorldOptions,
} from './world.ts';
export {
  type DividendSource,
  type FeeScheduleSource,
  type FundRules,
  type FundSource,
  type NavSource,
  type PurchaseTierSource,
  type RedemptionTierSource,
  readScenario,
  type ScenarioSource,
} from './scenario.ts';
export {
  type Fault,
  type FaultKind,
  faultKinds,
  type FaultOptions,
  type FaultRates,
} from './faults.ts';
export type { Problem } from './day.ts';
export type { Day } from './dates.ts';
export { returnCodes, type ReturnReason } from './returns.ts';
