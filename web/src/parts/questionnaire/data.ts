/** The questionnaire in force, and sending its answers. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got, PostBody } from '../../api/types.ts';
import { OrderNumbers } from '../order/draft.ts';

export type QuestionnaireVersion = Got<'/suitability/questionnaires/{questionnaireId}'>;
export type Question = QuestionnaireVersion['content']['questions'][number];
export type Answers = Readonly<Record<string, readonly string[]>>;
export type Channel = PostBody<'/customers/{customerId}/assessments'>['channel'];

export function useQuestionnaire(questionnaireId: 'person' | 'organisation' | undefined) {
  return useQuery({
    queryKey: ['suitability', 'questionnaire', questionnaireId],
    enabled: questionnaireId !== undefined,
    queryFn: () =>
      ask(() => {
        if (questionnaireId === undefined) throw new Error('asked for no questionnaire');
        return api.GET('/suitability/questionnaires/{questionnaireId}', {
          params: { path: { questionnaireId } },
        });
      }),
  });
}

/** Sends the answers; the same answers sent again are the same submission. */
export function useAssess(customerId: string, onDone: () => void) {
  const numbers = useMemo(() => new OrderNumbers(), []);
  return useMutation({
    mutationFn: (asked: { version: number; answers: Answers; channel: Channel }) => {
      const { version, answers, channel } = asked;
      const body = {
        questionnaireVersion: version,
        channel,
        answers: Object.entries(answers).map(([questionId, optionIds]) => ({
          questionId,
          optionIds: [...optionIds],
        })),
      };
      const clientSubmissionNo = numbers.of(body);
      return ask(() =>
        api.POST('/customers/{customerId}/assessments', {
          params: { path: { customerId } },
          body: { ...body, clientSubmissionNo },
        }),
      );
    },
    onSuccess: () => {
      numbers.next();
      onDone();
    },
  });
}

/** The first question without an answer; the number of questions when all have one. */
export function firstOpen(questions: readonly Question[], answers: Answers): number {
  const place = questions.findIndex(({ id }) => (answers[id] ?? []).length === 0);
  return place < 0 ? questions.length : place;
}
