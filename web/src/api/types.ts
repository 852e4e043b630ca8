import type { paths } from './schema.ts';

type Json<Response> = Response extends { content: { 'application/json': infer Body } }
  ? Body
  : never;

/** What a successful GET of a path answers. */
export type Got<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: infer Response } };
}
  ? Json<Response>
  : never;

/** What a successful POST of a path answers. */
export type Posted<Path extends keyof paths> = paths[Path] extends {
  post: { responses: infer Responses };
}
  ? Json<
      Responses extends { 200: infer Ok }
        ? Ok
        : Responses extends { 201: infer Made }
          ? Made
          : never
    >
  : never;

/** What a POST of a path takes. */
export type PostBody<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody?: infer Body };
}
  ? Json<NonNullable<Body>>
  : never;
