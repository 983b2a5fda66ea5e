/*
 * The content script's half of "which console is this?": it says where it is, what that means is known outside. It is in every
 * console page, so it imports nothing; it answers when asked and never speaks first, since a message would wake the background.
 */

/** What the popup asks a tab. */
export const detectQuestion = 'keyferry:detect-console';

/** The part of the extension API used here, under the name that every browser has. */
interface ContentRuntime {
  id: string;
  onMessage: {
    addListener(listener: (message: unknown, sender: { id?: string }, respond: (answer: unknown) => void) => void): void;
  };
}

/** Answers the question with `href()`. */
export function answerDetection(runtime: ContentRuntime, href: () => string): void {
  runtime.onMessage.addListener((message, sender, respond) => {
    if (message === detectQuestion && sender.id === runtime.id) respond(href());
  });
}
