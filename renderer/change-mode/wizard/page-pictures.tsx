import { Button, makeStyles, mergeClasses, Spinner, Tooltip, tokens } from "@fluentui/react-components";
import { Camera20Regular } from "@fluentui/react-icons/svg/camera";
import { ClipboardPaste20Regular } from "@fluentui/react-icons/svg/clipboard-paste";
import { Delete20Regular } from "@fluentui/react-icons/svg/delete";
import { EyeOff20Regular } from "@fluentui/react-icons/svg/eye-off";
import { ImageAdd20Regular } from "@fluentui/react-icons/svg/image-add";
import { lazy, type ReactElement, Suspense, useEffect, useRef, useState } from "react";
import type { PictureContent, PictureSummary } from "../../../electron/contract/picture.ts";
import type { WizardPage } from "../../../electron/contract/wizard.ts";
import { useAssistant } from "../../store/assistant-store.ts";
import { pageName } from "../../store/page-name.ts";
import { readableMoment } from "../../ui/day.ts";
import { Panel } from "../../ui/panel.tsx";
import { askChangeMode } from "../adopt-change-mode.ts";
import { keptWords } from "./page-labels.ts";
import { pictureIn, pixelsOf, readPicture } from "./picture-file.ts";

const MaskDialog = lazy(async () => ({ default: (await import("./mask-dialog.tsx")).MaskDialog }));

const useStyles = makeStyles({
  text: { margin: "0 0 12px", lineHeight: "20px", color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", flexWrap: "wrap", gap: "8px" },
  list: {
    listStyle: "none",
    margin: "0 0 12px",
    padding: 0,
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(220px, 100%), 1fr))",
    gap: "12px",
  },
  picture: {
    display: "flex",
    flexDirection: "column",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflow: "hidden",
  },
  frame: {
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    height: "132px",
    backgroundColor: tokens.colorNeutralBackground3,
  },
  image: { maxWidth: "100%", maxHeight: "100%", objectFit: "contain" },
  line: { display: "flex", alignItems: "center", gap: "4px", padding: "4px 4px 4px 12px" },
  when: {
    flexGrow: 1,
    minWidth: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "16px",
    color: tokens.colorNeutralForeground2,
  },
  compact: { gridTemplateColumns: "minmax(0, 1fr)" },
});

/** A picture being looked at before it is kept; `replaces` is the kept one that goes when it is. */
interface Shown {
  readonly picture: ImageBitmap;
  readonly replaces: string | null;
}

function Kept({
  summary,
  name,
  onMask,
}: {
  readonly summary: PictureSummary;
  readonly name: string;
  readonly onMask: (content: PictureContent) => void;
}): ReactElement {
  const styles = useStyles();
  const request = useAssistant((store) => store.request);
  const announce = useAssistant((store) => store.announce);
  const [content, setContent] = useState<PictureContent | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const { id } = summary;
  useEffect(() => {
    let wanted = true;
    void request((bridge) => bridge.getPicture({ id })).then((answer) => {
      if (!wanted) return;
      setContent(answer);
      setUnreadable(answer === null);
    });
    return () => {
      wanted = false;
    };
  }, [id, request]);
  const when = readableMoment(summary.at, "");
  const how = `${summary.origin === "taken" ? "Taken" : "Added"} ${when}${summary.masked ? ", parts blacked out" : ""}`;
  const remove = async (): Promise<void> => {
    if (await askChangeMode((bridge) => bridge.removePicture({ id }))) announce("Picture removed.");
  };
  return (
    <li className={styles.picture} data-picture={id}>
      <div className={styles.frame}>
        {unreadable ? (
          <span>It cannot be read</span>
        ) : content === null ? (
          <Spinner size="tiny" aria-label="The picture is being read" />
        ) : (
          <img
            className={styles.image}
            src={`data:${content.mediaType};base64,${content.base64}`}
            alt={`${name}, ${how.toLowerCase()}`}
          />
        )}
      </div>
      <div className={styles.line}>
        <span className={styles.when}>{how}</span>
        <Tooltip content="Black out parts" relationship="description">
          <Button
            size="small"
            appearance="subtle"
            icon={<EyeOff20Regular />}
            aria-label={`Black out parts of the picture of ${when}`}
            disabledFocusable={content === null}
            onClick={() => content !== null && onMask(content)}
          />
        </Tooltip>
        <Tooltip content="Remove" relationship="description">
          <Button
            size="small"
            appearance="subtle"
            icon={<Delete20Regular />}
            aria-label={`Remove the picture of ${when}`}
            onClick={() => void remove()}
          />
        </Tooltip>
      </div>
    </li>
  );
}

/**
 * The pictures of a page: pasted, chosen from a file, or taken of the installer's window. Each is shown before it is kept,
 * so that parts can be blacked out.
 */
export function PagePictures({
  page,
  compact = false,
}: {
  readonly page: WizardPage;
  /** Without the panel around it, for the companion. */
  readonly compact?: boolean;
}): ReactElement | null {
  const styles = useStyles();
  const changeMode = useAssistant((store) => store.state?.changeMode);
  const announce = useAssistant((store) => store.announce);
  const [shown, setShown] = useState<Shown | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [taking, setTaking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);

  const open = async (file: Blob): Promise<void> => {
    const read = await readPicture(file);
    setFault(read.ok ? null : `${read.error.message} ${read.error.cure}`);
    if (read.ok) setShown({ picture: read.value, replaces: null });
  };

  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const file = pictureIn(event.clipboardData);
      if (file === null || event.defaultPrevented || shown !== null) return;
      // Ctrl+V goes to the companion while the focus is in it, else to the step.
      const companion = document.activeElement?.closest("[data-companion]") ?? null;
      if (companion !== (place.current?.closest("[data-companion]") ?? null)) return;
      event.preventDefault();
      void open(file);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  });

  if (changeMode === undefined) return null;
  const { pictures, takesPictures, watch } = changeMode;
  const kept = pictures.filter((one) => one.page === page.id);
  const isShown = watch?.phase === "pages" && watch.page?.page === page.number;

  const paste = async (): Promise<void> => {
    try {
      for (const item of await navigator.clipboard.read()) {
        const type = item.types.find((one) => one.startsWith("image/"));
        if (type !== undefined) return await open(await item.getType(type));
      }
      setFault("There is no picture on the clipboard. Alt+Print Screen puts the front window there.");
    } catch {
      // A browser may refuse to read the clipboard unasked; the keys always work.
      setFault("Press Ctrl+V to paste the picture.");
    }
  };
  const take = async (): Promise<void> => {
    setTaking(true);
    if (await askChangeMode((bridge) => bridge.takePicture({ page: page.id }))) announce("Picture taken.");
    setTaking(false);
  };
  const keep = async (content: PictureContent, masked: boolean, replaces: string | null): Promise<boolean> => {
    if (!(await askChangeMode((bridge) => bridge.addPicture({ page: page.id, ...content, masked })))) return false;
    const isReplaced = replaces === null || (await askChangeMode((bridge) => bridge.removePicture({ id: replaces })));
    announce(keptWords(isReplaced));
    if (!isReplaced) setFault(keptWords(false));
    return true;
  };
  const mask = async (content: PictureContent, id: string): Promise<void> => {
    const read = await pixelsOf(content);
    setFault(read.ok ? null : read.error.message);
    if (read.ok) setShown({ picture: read.value, replaces: id });
  };

  const body = (
    <div ref={place} data-pictures={page.id}>
      {kept.length === 0 && !compact && (
        <p className={styles.text}>
          None yet. A picture of the installer’s page goes into the report, for whoever asks later what was chosen.
        </p>
      )}
      {kept.length > 0 && (
        <ul className={mergeClasses(styles.list, compact && styles.compact)}>
          {kept.map((summary) => (
            <Kept
              key={summary.id}
              summary={summary}
              name={`Picture of ${pageName(page)}`}
              onMask={(content) => void mask(content, summary.id)}
            />
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        <Button size="small" icon={<ClipboardPaste20Regular />} onClick={() => void paste()}>
          Paste
        </Button>
        <Button size="small" icon={<ImageAdd20Regular />} onClick={() => input.current?.click()}>
          Choose a file…
        </Button>
        {takesPictures && !page.showsSecret && (
          <Button
            size="small"
            icon={<Camera20Regular />}
            disabledFocusable={!isShown || taking}
            onClick={() => void take()}
          >
            {isShown ? "Take" : "Take, once it is shown"}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept="image/png,image/jpeg,image/bmp,image/gif,image/webp"
          data-file={`picture-${page.id}`}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file !== undefined) void open(file);
          }}
        />
      </div>
      {fault !== null && (
        <p role="status" className={styles.text} style={{ margin: "8px 0 0" }}>
          {fault}
        </p>
      )}
      {shown !== null && (
        <Suspense>
          <MaskDialog
            page={page}
            picture={shown.picture}
            onKeep={(content, masked) => keep(content, masked, shown.replaces)}
            onClose={() => {
              shown.picture.close();
              setShown(null);
            }}
          />
        </Suspense>
      )}
    </div>
  );
  return compact ? body : <Panel title="Pictures of that page">{body}</Panel>;
}
