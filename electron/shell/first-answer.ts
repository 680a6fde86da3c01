/**
 * Starts a call before anyone asks for its answer. The first who asks gets that one answer, a refusal included, so that
 * nothing it told is lost; everyone after that is answered anew.
 */
export function firstAnswer<Answer>(call: () => Promise<Answer>): () => Promise<Answer> {
  let early: Promise<Answer> | null = call();
  // A rejection belongs to whoever asks first; until then it is no fault of the process.
  early.catch(() => undefined);
  return () => {
    const answer = early ?? call();
    early = null;
    return answer;
  };
}
