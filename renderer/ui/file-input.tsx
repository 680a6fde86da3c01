import { type ReactElement, type RefObject, useCallback } from "react";

/**
 * The browser's own file picker, opened by a button or a menu's entry. The same file can be chosen twice in a row; with
 * `multiple` several at once.
 */
export function FileInput({
  input,
  name,
  multiple = false,
  onChoose,
}: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly name: string;
  readonly multiple?: boolean;
  readonly onChoose: (first: File, ...others: readonly File[]) => void;
}): ReactElement {
  const chosen = useCallback(
    (element: HTMLInputElement) => {
      const [first, ...others] = element.files ?? [];
      element.value = "";
      if (first !== undefined) onChoose(first, ...others);
    },
    [onChoose],
  );
  return (
    <input
      ref={input}
      type="file"
      hidden
      multiple={multiple}
      accept=".json,application/json"
      data-file={name}
      onChange={(event) => chosen(event.currentTarget)}
    />
  );
}
