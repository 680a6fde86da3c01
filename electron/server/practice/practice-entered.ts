import {
  authenticationCaptions,
  authentications,
  mailServerCaptions,
  mailServers,
} from "../../contract/mail-server.ts";
import type { Entered, EnteredKey } from "../../contract/practice.ts";
import { type WizardCase, wizardRefusals } from "../../installer/pages.ts";
import { InputProblem } from "../../recording/input-problem.ts";

/** What was chosen and typed in the practice installer so far. */
export interface Answers {
  readonly wanted: WizardCase;
  /** "Create a new database." was chosen, which takes everything from the server that was in the old one. */
  readonly newDatabase: boolean;
  /** Something was typed as the client secret; null while nothing was asked. */
  readonly secret: boolean | null;
  /** Something was typed as the password of the mailbox. */
  readonly emailPassword: boolean;
}

/** The answers of someone who does what the companion says. */
export function answersFor(wanted: WizardCase): Answers {
  return { wanted, newDatabase: false, secret: null, emailPassword: false };
}

const textOrNull = (text: string): string | null => text.trim() || null;

const changed = (answers: Answers, wanted: Partial<WizardCase>): Answers => ({
  ...answers,
  wanted: { ...answers.wanted, ...wanted },
});

const takes: Readonly<Record<EnteredKey, (answers: Answers, text: string) => Answers>> = {
  database: (answers, text) => ({ ...answers, newDatabase: text.startsWith("Create") }),
  mailServer: (answers, text) => {
    const chosen = mailServers.find((one) => mailServerCaptions[one] === text);
    return chosen === undefined ? answers : changed(answers, { mailServer: chosen });
  },
  mailHost: (answers, text) => changed(answers, { mailHost: textOrNull(text) }),
  authentication: (answers, text) => {
    const chosen = authentications.find((one) => authenticationCaptions[one] === text);
    return chosen === undefined ? answers : changed(answers, { authentication: chosen });
  },
  managed: (answers, text) => changed(answers, { usesManagedAccount: text !== "" }),
  applicationId: (answers, text) => changed(answers, { applicationId: textOrNull(text) }),
  tenantId: (answers, text) => changed(answers, { tenantId: textOrNull(text) }),
  secret: (answers, text) => ({ ...answers, secret: text !== "" }),
  accountName: (answers, text) => changed(answers, { accountName: textOrNull(text) }),
  accountDomain: (answers, text) => changed(answers, { accountDomain: textOrNull(text) }),
  serviceEmail: (answers, text) => changed(answers, { serviceEmail: textOrNull(text) }),
  emailPassword: (answers, text) => ({ ...answers, emailPassword: text !== "" }),
};

/**
 * The answers with what stands on the page that is left.
 * @throws InputProblem when the installer would not leave it: a mail server and an authentication that do not go together
 */
export function withEntered(answers: Answers, entered: readonly Entered[]): Answers {
  const now = entered.reduce((given, { key, text }) => takes[key](given, text), answers);
  const [refusal] = entered.some(({ key }) => key === "mailServer") ? wizardRefusals(now.wanted) : [];
  if (refusal !== undefined && now.wanted.mailServer !== "none") {
    throw new InputProblem("installer-refused", refusal.replace(/\.$/, ""), "the installer's page", "Choose another.");
  }
  return now;
}
