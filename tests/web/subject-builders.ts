/** What exceptions are about: how the server puts the text together, and what the console reads. */
import { parseSync } from 'oxc-parser';
import { isNode, type Node, walk } from '../../architecture/syntax.ts';

const nameOf = (node: unknown): string => (isNode(node) ? String(node['name']) : '');

/** The property of an object by its name. */
function valueOf(object: Node, name: string): Node | undefined {
  const found = (object['properties'] as Node[]).find((one) => nameOf(one['key']) === name);
  return isNode(found?.['value']) ? found['value'] : undefined;
}

/**
 * The subject of every exception of the sources, by path: the template that makes it, such as
 * `order:${orderId}`, or of a function that makes it, `missingSubject`, the template in that
 * function. Throws where it is made in another way.
 */
export function subjectTemplates(sources: ReadonlyMap<string, string>): Set<string> {
  const raised: { at: string; source: string; subject: Node }[] = [];
  const made = new Map<string, string>();
  for (const [path, source] of sources) {
    walk(parseSync(path, source).program as unknown as Node, (node, parents) => {
      if (node.type === 'TemplateLiteral') {
        const maker = parents.find(({ type }) =>
          /^(FunctionDeclaration|VariableDeclarator)$/.test(type),
        );
        const name = nameOf(maker?.['id']);
        // A name may be used in several files for several texts.
        for (const key of [name, `${path} ${name}`]) made.set(key, textOf(source, node));
      }
      if (node.type !== 'ObjectExpression' || valueOf(node, 'severity') === undefined) return;
      const subject = valueOf(node, 'subject');
      if (subject !== undefined) raised.push({ at: path, source, subject });
    });
  }
  return new Set(
    raised.map(({ at, source, subject }) => {
      if (subject.type === 'TemplateLiteral') return textOf(source, subject);
      const maker = nameOf(subject['callee']);
      const template = made.get(`${at} ${maker}`) ?? made.get(maker);
      if (template === undefined) throw new Error(`${at}: a subject is made in no known way`);
      return template;
    }),
  );
}

const textOf = (source: string, { start, end }: Node): string => source.slice(start + 1, end - 1);

/** The forms of a subject that a source of the console reads: its regular expressions. */
export function formsOf(path: string, source: string): RegExp[] {
  const forms: RegExp[] = [];
  walk(parseSync(path, source).program as unknown as Node, (node) => {
    const regex = node['regex'] as { pattern: string } | undefined;
    if (regex !== undefined) forms.push(new RegExp(regex.pattern));
  });
  return forms;
}
