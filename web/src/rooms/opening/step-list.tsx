import { CheckOutlined } from '@ant-design/icons';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const STEPS = [0, 1, 2] as const;

/** Which step one is at; those before it can be gone back to. */
export function StepList({ step, onGo }: { step: number; onGo: (step: number) => void }) {
  const t = useText(texts);
  return (
    <ol className="opening-steps" aria-label={t('steps.label')}>
      {STEPS.map((each) => {
        const state = each < step ? 'done' : each === step ? 'now' : 'later';
        const said = (
          <>
            <span className="opening-step-mark num" aria-hidden="true">
              {state === 'done' ? <CheckOutlined /> : each + 1}
            </span>
            {t(`steps.${each}`)}
            {state === 'done' ? <span className="out-of-sight">{t('steps.done')}</span> : null}
          </>
        );
        return (
          <li
            key={each}
            className={`opening-step opening-step-${state}`}
            {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}
          >
            {state === 'done' ? (
              <button type="button" className="plain-button" onClick={() => onGo(each)}>
                {said}
              </button>
            ) : (
              <span>{said}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
