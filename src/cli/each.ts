import type { EachWords } from "./arguments.ts";
import { exitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { ticketProgress } from "./progress.ts";
import { isList, listedTickets, namedTickets, type NamedTicket } from "./ticket-list.ts";
import { answerOf, answerTicket, faultyTicket, type TicketAnswer, type TicketOptions, type TicketTask } from "./ticket.ts";

/** Answers that may wait for an earlier one, a thread: so much is held in memory, however many tickets there are. */
const waitingEach = 4;

/** `--each`: analyzes many tickets, each by itself, and prints one line a ticket in their order. Returns the highest code of a ticket. */
export async function runEach(words: EachWords, io: Io, say: (text: string) => void): Promise<number> {
  const { at, encoding, failOn, redact } = words;
  const options: TicketOptions = { at, encoding, failOn, redact, clock: io.now().toISOString() };
  const isOpen = isList(words.words, io);
  const found = isOpen ? null : await namedTickets(words.words, io);
  for (const problem of found?.problems ?? []) say(problem);
  const tickets = found === null ? listedTickets(io.stdin.bytes)
    : found.names.map((ticket): NamedTicket => ({ ticket, files: [ticket], error: null }));
  const jobs = Math.min(words.jobs ?? io.cores(), found?.names.length ?? Infinity);
  const pool = jobs > 1 ? await io.startThreads(jobs) : null;
  const progress = ticketProgress(found?.names.length ?? null, words.quiet, io);
  let worst: number = (found?.problems.length ?? 0) > 0 ? exitCode.unreadable : exitCode.fine;
  const count = { all: 0, unread: 0 };
  const put = async ({ line, code }: TicketAnswer): Promise<boolean> => {
    io.out.write(line);
    worst = Math.max(worst, code);
    count.all++;
    if (code >= exitCode.unreadable) count.unread++;
    await progress.step(count.all);
    return io.out.drained();
  };
  const answer = async ({ ticket, files, error }: NamedTicket): Promise<TicketAnswer> => {
    if (error !== null) return answerOf(ticket, exitCode.unreadable, error, null);
    const task: TicketTask = { ticket, files, options };
    // A thread can end by itself, for want of memory: that is this ticket's fault and no other's.
    return pool === null ? answerTicket(task, io) : pool.answer(task).catch((fault: unknown) => faultyTicket(task, fault));
  };
  try {
    await inOrder(tickets, answer, put, Math.max(1, jobs === Infinity ? 1 : jobs) * waitingEach);
  } finally {
    await pool?.close();
    progress.finish();
  }
  if (count.unread > 0 && !words.quiet) {
    say(`${count.unread} of ${count.all} tickets could not be read in full or hold nothing recognizable; their lines say why`);
  }
  return count.all === 0 ? exitCode.unreadable : worst;
}

/**
 * Answers tasks at the same time and puts the answers out in the order of the tasks, each as soon as it is its turn. At most `window` answers
 * are under way or waiting. Ends early when `put` says that nobody listens any more.
 */
export async function inOrder<Task, Answer>(
  tasks: Iterable<Task> | AsyncIterable<Task>, answer: (task: Task) => Promise<Answer>, put: (answer: Answer) => Promise<boolean>, window: number,
): Promise<void> {
  let isHeard = true;
  let last: Promise<void> = Promise.resolve();
  const under: Promise<void>[] = [];
  for await (const task of tasks) {
    const [answered, before] = [answer(task), last];
    last = before.then(async () => {
      const given = await answered;
      if (isHeard) isHeard = await put(given);
    });
    under.push(last);
    if (under.length >= window) await under.shift();
    if (!isHeard) break;
  }
  await last;
}
