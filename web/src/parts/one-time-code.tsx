import { Modal, Typography } from 'antd';
import { defineTexts, useText } from '../texts/texts.ts';
import { words } from '../texts/words.ts';
import { Data } from './figure.tsx';

const texts = defineTexts(
  'oneTimeCode',
  { title: '一次性代码', lead: '请当面或经安全渠道交给本人。它只显示这一次。' },
  { title: 'One-time code', lead: 'Give it in person or by a safe way. It is shown only now.' },
);

/** A code for one person, shown once. */
export interface OneTimeCode {
  readonly userName: string;
  readonly code: string;
  /** How it is handed over, where that is not as usual. */
  readonly lead?: string;
  /** What is handed over beside it. */
  readonly second?: { readonly label: string; readonly of: string; readonly code: string };
}

function Copied({ code, testId }: { code: string; testId?: string }) {
  const w = useText(words);
  return (
    <Typography.Paragraph
      className="code"
      translate="no"
      data-testid={testId}
      copyable={{ text: code, tooltips: [w('act.copy'), w('act.copied')] }}
    >
      {code}
    </Typography.Paragraph>
  );
}

/** Shows a code for the one time that it can be seen. */
export function CodeDialog({
  code,
  title,
  lead,
  onClose,
}: {
  code: OneTimeCode | undefined;
  /** Where it is another thing than a code to log in with. */
  title?: string;
  lead?: string;
  onClose: () => void;
}) {
  const t = useText(texts);
  const w = useText(words);
  // Closed, a dialog would keep its content in the page: the secret goes with it.
  if (code === undefined) return null;
  return (
    <Modal
      open
      title={title ?? t('title')}
      okText={w('act.close')}
      onOk={onClose}
      onCancel={onClose}
      footer={(_both, { OkBtn }) => <OkBtn />}
      mask={{ closable: false }}
    >
      <p className="quiet dialog-lead">{code.lead ?? lead ?? t('lead')}</p>
      <p>
        <Data>{code.userName}</Data>
      </p>
      <Copied code={code.code} testId="one-time-code" />
      {code.second === undefined ? null : (
        <>
          <p>
            {code.second.label} <Data isCode>{code.second.of}</Data>
          </p>
          <Copied code={code.second.code} />
        </>
      )}
    </Modal>
  );
}
