import { useText } from '../../texts/texts.ts';
import { Diff } from '../diff.tsx';
import { type ParameterName, PARAMETERS, ParameterValue } from './parameters.tsx';
import { sameDecimal } from './same-decimal.ts';
import { fundTermTexts } from './texts.ts';

export type ParameterValues = Readonly<Partial<Record<ParameterName, string>>>;

/** The names of the parameters that differ. */
export const changedParameters = (
  before: ParameterValues,
  after: ParameterValues,
): ParameterName[] => PARAMETERS.filter((name) => !sameDecimal(before[name], after[name]));

/** What differs between two sets of parameters, in words. */
export function ParameterDiff({
  label,
  before,
  after,
}: {
  label: string;
  before: ParameterValues;
  after: ParameterValues;
}) {
  const f = useText(fundTermTexts);
  const show = (name: ParameterName, value: string | undefined) =>
    value === undefined || value === '' ? null : <ParameterValue name={name} value={value} />;
  return (
    <Diff
      label={label}
      items={changedParameters(before, after).map((name) => ({
        key: name,
        name: f(`param.${name}`),
        before: show(name, before[name]),
        after: show(name, after[name]),
      }))}
    />
  );
}
