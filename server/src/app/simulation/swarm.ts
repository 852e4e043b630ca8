/**
 * Each seed draws its own habits: which faults there are and how often, how many servers, how wrong
 * their clocks are. So some plays have ten crashes and no lost file, and others the reverse.
 */
import type { Random } from '@cairn/kernel';
import type { FaultOptions } from '@cairn/registrar';
import { PARCEL_FAULTS, type ParcelRates } from './courier.ts';
import type { PortFaults } from './node.ts';

export interface Swarm {
  readonly nodes: number;
  /** The chance that a client's call meets a server that dies under it. */
  readonly crash: number;
  /** The chance that a run of the day is killed somewhere. */
  readonly crashDay: number;
  /** The chance that a death takes the power with it. */
  readonly powerLoss: number;
  readonly ports: PortFaults;
  readonly parcels: ParcelRates;
  readonly registrar: FaultOptions['rates'];
  /** The chance that a package has a record that is sent wrong and corrected later. */
  readonly wrongRecord: number;
  /** The chance that staff ask for a missing package again, rather than let it pass. */
  readonly asksAgain: number;
  /** How far a server's clock may be off, in milliseconds. */
  readonly skewMs: number;
  /** The chance of a day that is cut off early, or ended after midnight. */
  readonly oddHours: number;
  readonly actsPerDay: number;
  /** The chance that staff freeze, free or assess a customer, between two bursts of acts. */
  readonly staffActs: number;
  /** The chance that every clock is an hour off for the time of a burst. */
  readonly clockJump: number;
  /** The chance that the clocks are wrong over a cut-off, and over the end of a day. */
  readonly edgeJump: number;
  /** Orders that wait in a server at most. */
  readonly queueMax: number;
  /** The chance of a day with a rush of orders, more than a server takes in. */
  readonly rush: number;
  /** The chance, between two bursts, that a stranger tries something. */
  readonly strangers: number;
  /** The chance, between two bursts, that the administrator does something with accounts of staff. */
  readonly staffAccounts: number;
  /** The chance that two servers set about the same day. */
  readonly secondRunner: number;
}

const CALM: Swarm = {
  nodes: 2,
  crash: 0,
  crashDay: 0,
  powerLoss: 0,
  ports: { connectionLost: 0, serialization: 0, diskFull: 0 },
  parcels: {},
  registrar: {},
  wrongRecord: 0,
  asksAgain: 1,
  skewMs: 0,
  oddHours: 0.1,
  actsPerDay: 24,
  staffActs: 0.1,
  clockJump: 0,
  edgeJump: 0,
  queueMax: 4,
  rush: 0.15,
  strangers: 0.1,
  staffAccounts: 0.1,
  secondRunner: 0.1,
};

/** Draws a rate: none in half of the plays, else up to the most. */
function rateOf(random: Random, most: number): number {
  return random.chance(0.5) ? 0 : (most * random.int(10, 100)) / 100;
}

/** The habits of a play; without faults the world only does its business. */
export function drawSwarm(random: Random, hasFaults: boolean): Swarm {
  const own = random.fork('swarm');
  const actsPerDay = own.int(12, 36);
  if (!hasFaults) return { ...CALM, actsPerDay };
  return {
    nodes: own.int(2, 3),
    crash: rateOf(own, 0.25),
    crashDay: rateOf(own, 0.6),
    powerLoss: rateOf(own, 0.5),
    ports: {
      connectionLost: rateOf(own, 0.01),
      serialization: rateOf(own, 0.02),
      diskFull: rateOf(own, 0.03),
    },
    parcels: Object.fromEntries(PARCEL_FAULTS.map((fault) => [fault, rateOf(own, 0.08)])),
    registrar: {
      rejection: rateOf(own, 0.15),
      partialConfirmation: rateOf(own, 0.2),
      holdingOff: rateOf(own, 0.1),
      extraConfirmation: rateOf(own, 0.1),
      statementBreak: rateOf(own, 0.1),
    },
    wrongRecord: rateOf(own, 0.3),
    asksAgain: own.int(3, 10) / 10,
    skewMs: own.pick([0, 0, 50, 300]),
    oddHours: rateOf(own, 0.3),
    actsPerDay,
    staffActs: rateOf(own, 0.2),
    clockJump: rateOf(own, 0.1),
    edgeJump: rateOf(own, 0.5),
    queueMax: CALM.queueMax,
    rush: CALM.rush,
    strangers: CALM.strangers,
    staffAccounts: CALM.staffAccounts,
    secondRunner: CALM.secondRunner,
  };
}
