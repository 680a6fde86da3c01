import { type ReactElement, type RefObject, useCallback } from "react";

/** The browser's own file picker, opened by a menu's entry. The same file can be chosen twice in a row. */
export function FileInput({
  input,
  name,
  onChoose,
}: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly name: string;
  readonly onChoose: (file: File) => void;
}): ReactElement {
  const chosen = useCallback(
    (element: HTMLInputElement) => {
      const file = element.files?.[0];
      element.value = "";
      if (file !== undefined) onChoose(file);
    },
    [onChoose],
  );
  return (
    <input
      ref={input}
      type="file"
      hidden
      accept=".json,application/json"
      data-file={name}
      onChange={(event) => chosen(event.currentTarget)}
    />
  );
}
