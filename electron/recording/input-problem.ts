/**
 * Something handed in that cannot be used: a file that is not what it should be, a folder that cannot be written.
 * The message is one line that says what is wrong; `where` names the file and, where it is known, the place in it.
 */
export class InputProblem extends Error {
  override readonly name = "InputProblem";
  /** A stable code, listed with its cure in the documents. */
  readonly code: string;
  readonly where: string;
  /** What to do about it. */
  readonly cure: string;

  constructor(code: string, message: string, where: string, cure: string) {
    super(message);
    this.code = code;
    this.where = where;
    this.cure = cure;
  }
}
