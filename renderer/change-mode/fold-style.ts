import { makeStyles, tokens } from "@fluentui/react-components";

/** How a button looks that unfolds what is below or above it. */
export const useFoldStyles = makeStyles({
  button: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    padding: "4px 8px",
    margin: "4px 0 0 -8px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "transparent",
    color: tokens.colorBrandForegroundLink,
    font: "inherit",
    lineHeight: "20px",
    textAlign: "left",
    cursor: "pointer",
    ":hover": {
      backgroundColor: tokens.colorSubtleBackgroundHover,
      color: tokens.colorBrandForegroundLinkHover,
    },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  chevron: { flexShrink: 0 },
  turned: { transform: "rotate(180deg)" },
});
