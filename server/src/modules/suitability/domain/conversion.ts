/** Ordinary investors who ask to be treated as professional, and back. */
import {
  type Amount,
  amount,
  assert,
  type Finding,
  formatAmount,
  parseAmount,
} from '@cairn/kernel';
import { blocked, type InvestorClass } from './facts.ts';
import type { RulesContent } from './rules.ts';

/** What the customer proves, in fen. */
export interface ConversionProof {
  readonly financialAssets: Amount;
  readonly netAssets?: Amount | undefined;
  /** Average yearly income of three years; persons only. */
  readonly averageIncome?: Amount | undefined;
  readonly experienceYears: number;
  /** The customer signed the application and accepted the consequences. */
  readonly isSigned: boolean;
}

type ConversionRule = RulesContent['conversion']['person'];

function limit(text: string): Amount {
  const value = parseAmount(text);
  assert(value !== undefined, `the rules hold the amount ${text}`);
  return value;
}

function checkWealth(rule: ConversionRule, proof: ConversionProof): Finding[] {
  const assetsMin = limit(rule.financialAssetsMin);
  const hasAssets = proof.financialAssets >= assetsMin;
  const incomeMin = rule.incomeMin === undefined ? undefined : limit(rule.incomeMin);
  const hasIncome = incomeMin !== undefined && (proof.averageIncome ?? amount(0n)) >= incomeMin;
  const findings: Finding[] = [];
  if (!hasAssets && !hasIncome) {
    const income = incomeMin === undefined ? null : formatAmount(incomeMin);
    const details = { financialAssetsMin: formatAmount(assetsMin), incomeMin: income };
    findings.push(blocked('CONVERSION_WEALTH_SHORT', details));
  }
  if (rule.netAssetsMin !== undefined) {
    const netAssetsMin = limit(rule.netAssetsMin);
    if ((proof.netAssets ?? amount(0n)) < netAssetsMin) {
      const details = { netAssetsMin: formatAmount(netAssetsMin) };
      findings.push(blocked('CONVERSION_NET_ASSETS_SHORT', details));
    }
  }
  return findings;
}

/** Every reason why the class may not change; back to ordinary needs only the signature. */
export function checkConversion(
  rule: ConversionRule,
  change: { from: InvestorClass; to: InvestorClass },
  proof: ConversionProof,
): Finding[] {
  const findings: Finding[] = [];
  if (change.from === change.to) findings.push(blocked('CONVERSION_NO_CHANGE', { to: change.to }));
  if (!proof.isSigned) findings.push(blocked('CONVERSION_NOT_SIGNED'));
  if (change.to === 'ordinary') return findings;
  findings.push(...checkWealth(rule, proof));
  const yearsMin = rule.experienceYearsMin;
  if (proof.experienceYears < yearsMin) {
    findings.push(blocked('CONVERSION_EXPERIENCE_SHORT', { yearsMin }));
  }
  return findings;
}
