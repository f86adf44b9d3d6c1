import { processIo } from "./io.ts";
import { answerTicket, type TicketAnswer, type TicketTask } from "./ticket.ts";

const io = processIo();

/** What a thread of `--each` does. */
export function answerInThread(task: TicketTask): Promise<TicketAnswer> {
  return answerTicket(task, io);
}
