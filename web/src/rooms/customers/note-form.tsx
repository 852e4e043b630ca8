import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { customerKey } from '../../parts/customer-data.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const TEXT_MAX = 1_000;

/** Writing a note, or the correction of one: what was written before stays. */
export function NoteForm({
  customerId,
  corrects,
  onDone,
}: {
  customerId: string;
  /** The note that this one corrects. */
  corrects: number | undefined;
  onDone: () => void;
}) {
  const t = useText(texts);
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const write = useMutation({
    mutationFn: () =>
      ask(() =>
        api.POST('/customers/{customerId}/notes', {
          params: { path: { customerId } },
          body: { text, ...(corrects === undefined ? {} : { corrects }) },
        }),
      ),
    onSuccess: async () => {
      setText('');
      onDone();
      await queries.invalidateQueries({ queryKey: [...customerKey(customerId), 'notes'] });
    },
  });
  return (
    <div className="note-form">
      {corrects === undefined ? null : (
        <p className="note-corrects">
          <span>{t('note.correcting', { no: corrects })}</span>
          <Button type="link" size="small" onClick={onDone}>
            {t('note.cancel')}
          </Button>
        </p>
      )}
      <Input.TextArea
        aria-label={t('note.text')}
        placeholder={t('note.hint')}
        translate="no"
        rows={2}
        maxLength={TEXT_MAX}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {write.isError ? <ProblemNote error={write.error} /> : null}
      <div className="note-acts">
        <span className="quiet">{t('note.lead')}</span>
        <Button
          type="primary"
          disabled={text.trim() === ''}
          loading={write.isPending}
          onClick={() => write.mutate()}
        >
          {t(corrects === undefined ? 'note.write' : 'note.correct')}
        </Button>
      </div>
    </div>
  );
}
