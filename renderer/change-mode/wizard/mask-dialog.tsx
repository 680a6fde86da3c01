import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { Add20Regular } from "@fluentui/react-icons/svg/add";
import { type PointerEvent, type ReactElement, useEffect, useId, useRef, useState } from "react";
import type { PictureContent } from "../../../electron/contract/picture.ts";
import type { WizardPage } from "../../../electron/contract/wizard.ts";
import { pageName } from "../../store/page-name.ts";
import { SpokenOnly } from "../../ui/spoken-only.tsx";
import { boxAfterKey, boxBetween, boxWithin, hides, keptSize, type MaskBox, newBox } from "./mask-boxes.ts";
import { keptPicture } from "./picture-file.ts";

/** How far an arrow key moves a box, in pixels; with Ctrl one pixel. */
const step = 10;

const useStyles = makeStyles({
  surface: { maxWidth: "min(860px, calc(100vw - 24px))", "@media (max-width: 700px)": { padding: "16px" } },
  body: { maxHeight: "calc(100dvh - 48px)" },
  content: { display: "flex", flexDirection: "column", gap: "12px", padding: "4px 4px 8px" },
  lead: { margin: 0, lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  // The stage is as wide as the picture at most, so that the boxes' places are the picture's.
  stage: {
    position: "relative",
    alignSelf: "center",
    lineHeight: 0,
    touchAction: "none",
    userSelect: "none",
    cursor: "crosshair",
    outline: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  canvas: { display: "block", maxWidth: "100%", maxHeight: "min(52dvh, 520px)" },
  box: {
    position: "absolute",
    boxSizing: "border-box",
    padding: 0,
    border: "1px solid #ffffff",
    backgroundColor: "#000000",
    cursor: "move",
    ":focus-visible": { outline: `3px solid ${tokens.colorBrandStroke1}`, outlineOffset: "1px" },
    forcedColorAdjust: "none",
  },
  chosen: { outline: `2px solid ${tokens.colorBrandStroke1}`, outlineOffset: "1px" },
  handle: {
    position: "absolute",
    right: "-7px",
    bottom: "-7px",
    width: "14px",
    height: "14px",
    boxSizing: "border-box",
    border: "2px solid #ffffff",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground,
    cursor: "nwse-resize",
  },
  tools: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: "8px 12px" },
  number: { width: "84px" },
  input: { minWidth: 0, width: "100%" },
  hint: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
});

interface PlacedBox extends MaskBox {
  readonly id: number;
}

/** What the pointer is doing. */
type Drag =
  | { readonly what: "draw"; readonly from: Point }
  | { readonly what: "move"; readonly id: number; readonly grip: Point }
  | { readonly what: "resize"; readonly id: number };

interface Point {
  readonly x: number;
  readonly y: number;
}

const sides = [
  ["x", "Left"],
  ["y", "Top"],
  ["width", "Width"],
  ["height", "Height"],
] as const;

/**
 * Shows a picture before it is kept, to black out parts of it, by mouse or keyboard. On a page that shows a secret at
 * least one box must cover something.
 */
export function MaskDialog({
  page,
  picture,
  onKeep,
  onClose,
}: {
  readonly page: WizardPage;
  readonly picture: ImageBitmap;
  /** Given the picture with its boxes burnt in; answers whether it was kept. */
  readonly onKeep: (content: PictureContent, masked: boolean) => Promise<boolean>;
  readonly onClose: () => void;
}): ReactElement {
  const styles = useStyles();
  const size = keptSize(picture);
  const [boxes, setBoxes] = useState<readonly PlacedBox[]>([]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [drawn, setDrawn] = useState<MaskBox | null>(null);
  const [said, setSaid] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [keeping, setKeeping] = useState(false);
  const [opener] = useState(() => document.activeElement);
  const lastId = useRef(0);
  const drag = useRef<Drag | null>(null);
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const reason = useId();
  const masked = boxes.some(hides);
  const missing = page.showsSecret && !masked;

  useEffect(() => {
    const shown = canvas.current?.getContext("2d");
    if (!shown) return;
    shown.imageSmoothingQuality = "high";
    shown.drawImage(picture, 0, 0, size.width, size.height);
  }, [picture, size.width, size.height]);

  const close = (): void => {
    onClose();
    setTimeout(() => {
      const back = opener instanceof HTMLElement && opener !== document.body && opener.isConnected ? opener : null;
      (back ?? document.getElementById("screen-title"))?.focus();
    });
  };

  const add = (box: MaskBox, focus: boolean): void => {
    lastId.current += 1;
    const id = lastId.current;
    setBoxes((now) => [...now, { ...box, id }]);
    setChosen(id);
    setSaid(`Black box added. ${placeOf(box)}`);
    if (focus) setTimeout(() => stage.current?.querySelector<HTMLElement>(`[data-box="${id}"]`)?.focus());
  };
  const change = (id: number, box: MaskBox): void => {
    const within = boxWithin(box, size);
    setBoxes((now) => now.map((one) => (one.id === id ? { ...within, id } : one)));
  };
  const remove = (id: number): void => {
    setBoxes((now) => now.filter((one) => one.id !== id));
    setChosen(null);
    setSaid("Black box removed.");
    document.querySelector<HTMLElement>("[data-add-box]")?.focus();
  };

  const at = (event: PointerEvent): Point => {
    const place = stage.current?.getBoundingClientRect();
    if (place === undefined || place.width === 0 || place.height === 0) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - place.left) / place.width) * size.width,
      y: ((event.clientY - place.top) / place.height) * size.height,
    };
  };
  const begin = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    const point = at(event);
    const target = event.target instanceof Element ? event.target : null;
    const id = Number(target?.closest("[data-box]")?.getAttribute("data-box") ?? Number.NaN);
    const box = boxes.find((one) => one.id === id);
    if (box === undefined) drag.current = { what: "draw", from: point };
    else {
      setChosen(id);
      drag.current =
        target?.closest("[data-handle]") === null
          ? { what: "move", id, grip: { x: point.x - box.x, y: point.y - box.y } }
          : { what: "resize", id };
    }
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const go = (event: PointerEvent<HTMLDivElement>): void => {
    const now = drag.current;
    if (now === null) return;
    const point = at(event);
    if (now.what === "draw") {
      setDrawn(boxBetween(now.from, point, size));
      return;
    }
    const box = boxes.find((one) => one.id === now.id);
    if (box === undefined) return;
    if (now.what === "move") change(now.id, { ...box, x: point.x - now.grip.x, y: point.y - now.grip.y });
    else change(now.id, { ...box, width: point.x - box.x, height: point.y - box.y });
  };
  const end = (event: PointerEvent<HTMLDivElement>): void => {
    const now = drag.current;
    drag.current = null;
    setDrawn(null);
    if (now?.what !== "draw") return;
    const box = boxBetween(now.from, at(event), size);
    if (box !== null) add(box, false);
  };

  const keep = async (): Promise<void> => {
    if (missing || keeping) return;
    setKeeping(true);
    setFault(null);
    const content = await keptPicture(picture, picture, boxes.filter(hides));
    if (content === null) setFault("This picture cannot be made small enough. Cut it to the installer’s window first.");
    else if (await onKeep(content, masked)) return close();
    else setFault("The picture was not kept; the message at the top of the window says why.");
    setKeeping(false);
  };

  const selected = boxes.find((one) => one.id === chosen);
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && data.type !== "backdropClick" && close()}>
      <DialogSurface className={styles.surface}>
        <DialogBody className={styles.body} data-mask>
          <DialogTitle>Picture of {pageName(page)}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.lead}>
              {page.showsSecret
                ? "A secret is typed on this page. Cover its field before the picture is kept."
                : "Cover what must not be seen in the report: names, addresses, passwords."}{" "}
              What is under a black box is not kept.
            </p>
            <div
              ref={stage}
              className={styles.stage}
              onPointerDown={begin}
              onPointerMove={go}
              onPointerUp={end}
              onPointerCancel={() => {
                drag.current = null;
                setDrawn(null);
              }}
            >
              <canvas
                ref={canvas}
                className={styles.canvas}
                width={size.width}
                height={size.height}
                role="img"
                aria-label={`The picture, ${size.width} by ${size.height} pixels`}
              />
              {boxes.map((box, index) => (
                <button
                  key={box.id}
                  type="button"
                  data-box={box.id}
                  className={mergeClasses(styles.box, box.id === chosen && styles.chosen)}
                  style={inPercent(box, size)}
                  aria-label={`Black box ${index + 1}: ${placeOf(box)}`}
                  onFocus={() => setChosen(box.id)}
                  onKeyDown={(event) => {
                    if (event.key === "Delete" || event.key === "Backspace") {
                      event.preventDefault();
                      remove(box.id);
                      return;
                    }
                    const how = { resize: event.shiftKey, step: event.ctrlKey ? 1 : step };
                    const next = boxAfterKey(box, event.key, how, size);
                    if (next === null) return;
                    event.preventDefault();
                    change(box.id, next);
                    setSaid(placeOf(next));
                  }}
                >
                  {box.id === chosen && <span className={styles.handle} data-handle />}
                </button>
              ))}
              {drawn !== null && <div className={styles.box} style={inPercent(drawn, size)} />}
            </div>
            <div className={styles.tools}>
              <Button icon={<Add20Regular />} data-add-box onClick={() => add(newBox(size), true)}>
                Add a black box
              </Button>
              {selected !== undefined && (
                <>
                  {sides.map(([side, label]) => (
                    <Field key={side} label={label} size="small" className={styles.number}>
                      <Input
                        className={styles.input}
                        size="small"
                        type="number"
                        input={{ min: side === "width" || side === "height" ? 1 : 0 }}
                        value={String(selected[side])}
                        onChange={(_event, data) => change(selected.id, { ...selected, [side]: Number(data.value) })}
                      />
                    </Field>
                  ))}
                  <Button onClick={() => remove(selected.id)}>Remove the box</Button>
                </>
              )}
            </div>
            <p className={styles.hint}>
              Draw a box with the mouse, or add one: arrow keys move it, with Shift they change its size, with Ctrl by
              one pixel. Delete removes it.
            </p>
            {missing && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody id={reason}>
                  The picture can be kept once a black box covers the secret’s field.
                </MessageBarBody>
              </MessageBar>
            )}
            {fault !== null && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>{fault}</MessageBarBody>
              </MessageBar>
            )}
            <div role="status">
              <SpokenOnly>{said}</SpokenOnly>
            </div>
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              disabledFocusable={missing || keeping}
              {...(missing ? { "aria-describedby": reason } : {})}
              onClick={() => void keep()}
            >
              {keeping ? "Keeping…" : "Keep the picture"}
            </Button>
            <Button onClick={close}>Cancel</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function placeOf(box: MaskBox): string {
  return `left ${box.x}, top ${box.y}, ${box.width} by ${box.height} pixels`;
}

function inPercent(
  box: MaskBox,
  size: { readonly width: number; readonly height: number },
): { readonly left: string; readonly top: string; readonly width: string; readonly height: string } {
  const part = (length: number, whole: number): string => `${(length / whole) * 100}%`;
  return {
    left: part(box.x, size.width),
    top: part(box.y, size.height),
    width: part(box.width, size.width),
    height: part(box.height, size.height),
  };
}
