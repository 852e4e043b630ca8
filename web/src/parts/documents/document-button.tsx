import { FilePdfOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

// Forms and calendars are fetched when somebody wants a document.
const Dialog = lazy(async () => ({
  default: (await import('./document-dialog.tsx')).DocumentDialog,
}));

/** Opens the choice of documents of a customer. */
export function DocumentButton({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  return (
    <>
      <Button
        icon={<FilePdfOutlined />}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        {t('open')}
      </Button>
      {isWanted ? (
        <Suspense fallback={null}>
          <Dialog customerId={customerId} isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
