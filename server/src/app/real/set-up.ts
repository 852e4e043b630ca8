/** Opens the house of the real run: products, rules, customers and their first accounts. */
import { assert, instantAtShanghai, type LocalDate, type Random, addDays } from '@cairn/kernel';
import { importCsv } from '../../modules/products/index.ts';
import { type Profile, profilesFor } from '../../modules/suitability/index.ts';
import { openFundAccounts } from '../../modules/trading/index.ts';
import { openHouse, playMaker } from '../sandbox/house.ts';
import { type Investor, openInvestors } from '../sandbox/investors.ts';
import type { FundSpec } from '../sandbox/market.ts';
import type { RunWorld } from './act.ts';
import { REAL_REGISTRARS } from './catalogue.ts';
import { realInvestorSpecs } from './investors.ts';
import type { RealMarket } from './market.ts';
import type { Player } from './plan.ts';

const TERM_ORDER = ['d0_90', 'd90_365', 'y1_3', 'y3_plus'];
const OPENING_TIME = '08:00:00.000';

/** A guess, to draw sensible orders; what is suitable is decided by the module for every order. */
function suits(profile: Profile | undefined, fund: FundSpec): boolean {
  const terms = fund.parameters[0];
  if (profile === undefined || terms === undefined) return false;
  return (
    terms.riskLevel <= (profile.level ?? 0) &&
    profile.varieties.includes(terms.variety) &&
    TERM_ORDER.indexOf(terms.term) <= TERM_ORDER.indexOf(profile.term ?? '')
  );
}

function playerOf(
  random: Random,
  investor: Investor,
  profile: Profile | undefined,
  funds: readonly FundSpec[],
): Player {
  const own = random.fork(`player ${investor.spec.certificateNo}`);
  const mixed = own.shuffle(funds);
  const suited = mixed.filter((fund) => suits(profile, fund)).slice(0, own.int(2, 5));
  const unsuited = mixed.filter((fund) => !suits(profile, fund)).slice(0, 2);
  const home = (suited[0] ?? unsuited[0])?.registrarCode;
  assert(home !== undefined, 'some fund is sold');
  const { bucket, customerId, assetAccountNo } = investor;
  return {
    bucket,
    customerId,
    assetAccountNo,
    level: profile?.level ?? 0,
    suited: suited.map((fund) => fund.fundCode),
    unsuited: unsuited.map((fund) => fund.fundCode),
    dormant: REAL_REGISTRARS.filter((code) => code !== home && own.chance(0.1)),
    homeRegistrar: home,
  };
}

/** The account at home for everyone, and for some one more where they mean to trade. */
async function openFirstAccounts(
  world: RunWorld,
  random: Random,
  players: readonly Player[],
  funds: readonly FundSpec[],
): Promise<void> {
  const registrarOf = new Map(funds.map((fund) => [fund.fundCode, fund.registrarCode]));
  const wanted = players.flatMap((player) => {
    const own = random.fork(`accounts ${player.customerId}`);
    const others = player.suited
      .map((code) => registrarOf.get(code) ?? player.homeRegistrar)
      .filter((code) => !player.dormant.includes(code) && own.chance(0.4));
    const { customerId, assetAccountNo } = player;
    const registrars = new Set([player.homeRegistrar, ...others.slice(0, 1)]);
    return [...registrars].map((registrarCode) => ({ customerId, assetAccountNo, registrarCode }));
  });
  await openFundAccounts(world, playMaker, wanted);
}

async function importSplits(world: RunWorld, { splits }: RealMarket): Promise<void> {
  const rows = splits.map(({ fundCode, exDate, ratio }) => `${fundCode},${exDate},${ratio}`);
  if (rows.length === 0) return;
  const csv = ['fund_code,ex_date,ratio', ...rows, ''].join('\n');
  const report = await importCsv(world, playMaker, { kind: 'splits', csv, dryRun: false });
  assert(report.errorCount === 0, `the splits are imported: ${JSON.stringify(report.errors[0])}`);
}

/**
 * Opens the house on the morning of the first day. Every step may be repeated, so that a set-up that
 * was cut short is finished by calling it again.
 */
export async function setUpHouse(
  world: RunWorld,
  real: RealMarket,
  random: Random,
  run: { readonly customers: number; readonly from: LocalDate },
  onStep: (step: string) => void,
): Promise<Player[]> {
  world.clock.set(instantAtShanghai(run.from, OPENING_TIME));
  onStep('funds, terms and NAVs / 基金、参数与净值');
  await openHouse(world, real.market, addDays(run.from, -1));
  await importSplits(world, real);
  onStep(`${run.customers} customers / 客户`);
  const specs = realInvestorSpecs(random.fork('customers'), run.customers);
  const investors = await openInvestors(world, specs, []);
  const profiles = await profilesFor(world.db, investors);
  const sold = real.market.funds.filter((fund) => fund.sold);
  const players = investors.map((investor) =>
    playerOf(random, investor, profiles.get(investor.customerId), sold),
  );
  await openFirstAccounts(world, random, players, sold);
  return players;
}
