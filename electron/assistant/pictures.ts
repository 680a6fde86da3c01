import { InputProblem } from "../recording/input-problem.ts";
import type { UseCases } from "./bind.ts";
import type { Desk } from "./desk.ts";

const notYet = (): never => {
  throw new InputProblem("not-available", "not built yet", "pictures", "Keep the picture elsewhere.");
};

/** Pictures of the installer's pages. */
export function pictureUseCases(
  _desk: Desk,
): Pick<UseCases, "takePicture" | "addPicture" | "removePicture" | "getPicture"> {
  return { takePicture: notYet, addPicture: notYet, removePicture: notYet, getPicture: notYet };
}
