import { CheckCircleFilled, ClockCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { Panel } from '../../parts/page.tsx';
import { StateTag } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

export type StepState = 'done' | 'waiting' | 'open';

const ICONS = {
  done: CheckCircleFilled,
  waiting: ClockCircleFilled,
  open: MinusCircleOutlined,
} as const;
const TONES = { done: 'good', waiting: 'warning', open: 'neutral' } as const;

/** One thing that an opening takes: its name, how far it is, and what to do. */
export function Step({
  title,
  state,
  extra,
  children,
}: {
  title: string;
  state: StepState;
  extra?: ReactNode;
  children: ReactNode;
}) {
  const t = useText(texts);
  const Icon = ICONS[state];
  return (
    <Panel
      title={
        <span className={`set-up-head set-up-${state}`}>
          <Icon aria-hidden="true" />
          {title}
        </span>
      }
      extra={
        <>
          {extra}
          <StateTag tone={TONES[state]}>{t(`set.state.${state}`)}</StateTag>
        </>
      }
    >
      {children}
    </Panel>
  );
}
