/**
 * A function that remembers its answers: those of the last `most` different questions, and all that are asked again and again.
 * For pure functions of texts that listings repeat. `make` may not return `undefined`.
 */
export function remembering<V extends {} | null>(most: number, make: (question: string) => V): (question: string) => V {
  // When the younger table is full it becomes the older one; what is asked meanwhile moves on, the rest is forgotten.
  let younger = new Map<string, V>();
  let older = new Map<string, V>();
  return (question) => {
    const known = younger.get(question);
    if (known !== undefined) return known;
    const answer = older.get(question) ?? make(question);
    if (younger.size >= most) {
      older = younger;
      younger = new Map();
    }
    younger.set(question, answer);
    return answer;
  };
}
