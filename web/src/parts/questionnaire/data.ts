/** The questionnaire in force, keeping answers for later, and handing them in. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got, PostBody } from '../../api/types.ts';
import { customerKey } from '../customer-data.ts';
import { OrderNumbers } from '../order/draft.ts';
import type { Answers } from './answers.ts';

export type QuestionnaireVersion = Got<'/suitability/questionnaires/{questionnaireId}'>;
export type Question = QuestionnaireVersion['content']['questions'][number];
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

const listOf = (answers: Answers) =>
  Object.entries(answers).map(([questionId, optionIds]) => ({
    questionId,
    optionIds: [...optionIds],
  }));

/** Answers that were begun and not handed in; asked anew at every visit, kept nowhere else. */
export function useAnswerDraft(customerId: string) {
  return useQuery({
    queryKey: [...customerKey(customerId), 'answer-draft'],
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
    queryFn: async () => {
      const params = { path: { customerId } };
      const { draft } = await ask(() =>
        api.GET('/customers/{customerId}/answer-draft', { params }),
      );
      if (draft === null) return { version: undefined, answers: {} };
      const entries = draft.answers.map(({ questionId, optionIds }) => [questionId, optionIds]);
      return {
        version: draft.questionnaireVersion,
        answers: Object.fromEntries(entries) as Answers,
      };
    },
  });
}

/** Keeps the answers so far on the server. */
export function useSaveAnswers(customerId: string) {
  return useMutation({
    scope: { id: `answers ${customerId}` },
    mutationFn: ({ version, answers }: { version: number; answers: Answers }) =>
      ask(() =>
        api.PUT('/customers/{customerId}/answer-draft', {
          params: { path: { customerId } },
          body: { questionnaireVersion: version, answers: listOf(answers) },
        }),
      ),
  });
}

/** Hands the answers in; the same answers sent again are the same submission. */
export function useAssess(customerId: string, onDone: () => void) {
  const numbers = useMemo(() => new OrderNumbers(), []);
  return useMutation({
    // After the answers that are still being kept: they would come back otherwise.
    scope: { id: `answers ${customerId}` },
    mutationFn: (asked: { version: number; answers: Answers; channel: Channel }) => {
      const { version, answers, channel } = asked;
      const body = { questionnaireVersion: version, channel, answers: listOf(answers) };
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
