import { Field, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactElement, type RefObject, useCallback } from "react";

const useStyles = makeStyles({
  // As Fluent's Input looks. That one keeps what is typed in its state and writes it into the attribute `value`.
  frame: {
    position: "relative",
    display: "flex",
    boxSizing: "border-box",
    minHeight: "32px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    backgroundColor: tokens.colorNeutralBackground1,
    "::after": {
      content: '""',
      position: "absolute",
      inset: "auto -1px -1px",
      height: tokens.borderRadiusMedium,
      borderBottom: `2px solid ${tokens.colorCompoundBrandStroke}`,
      borderRadius: `0 0 ${tokens.borderRadiusMedium} ${tokens.borderRadiusMedium}`,
      clipPath: "inset(calc(100% - 2px) 0 0 0)",
      transform: "scaleX(0)",
      transition: `transform ${tokens.durationNormal} ${tokens.curveDecelerateMid}`,
      pointerEvents: "none",
    },
    ":focus-within::after": { transform: "scaleX(1)" },
    // Seen in high contrast, where the line below is not.
    ":focus-within": { outline: "2px solid transparent" },
  },
  wrong: { "&:not(:focus-within)": { border: `1px solid ${tokens.colorPaletteRedBorder2}` } },
  input: {
    flexGrow: 1,
    minWidth: 0,
    padding: "0 12px",
    border: "none",
    outline: "none",
    background: "transparent",
    color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase300,
    // Edge's own eye would show the secret to whoever stands behind.
    "::-ms-reveal": { display: "none" },
  },
});

/**
 * Where the client secret is typed. The element alone holds the text: it is no attribute, no state and no property of
 * anything else, and it is emptied when the field goes.
 */
export function ClientSecretField({
  element,
  fault,
  readOnly,
  onInput,
  onEnter,
}: {
  readonly element: RefObject<HTMLInputElement | null>;
  readonly fault: string | null;
  readonly readOnly: boolean;
  /** Told at each change; the text is read from the element. */
  readonly onInput: () => void;
  readonly onEnter: () => void;
}): ReactElement {
  const styles = useStyles();
  const hold = useCallback(
    (held: HTMLInputElement) => {
      element.current = held;
      return () => {
        held.value = "";
        element.current = null;
      };
    },
    [element],
  );
  return (
    <Field
      label="Client secret"
      hint="Its Value. Used for this one sign-in, kept nowhere."
      {...(fault === null ? {} : { validationState: "error" as const, validationMessage: fault })}
    >
      {(control) => (
        <span className={mergeClasses(styles.frame, fault !== null && styles.wrong)}>
          <input
            {...control}
            ref={hold}
            className={styles.input}
            type="password"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            readOnly={readOnly}
            data-secret
            onInput={onInput}
            onKeyDown={(event) => {
              if (event.key === "Enter") onEnter();
            }}
          />
        </span>
      )}
    </Field>
  );
}
