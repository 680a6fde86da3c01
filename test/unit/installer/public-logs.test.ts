import { describe, expect, test } from "vitest";
import { explanationsOf } from "../../../electron/installer/log-explanation.ts";
import { isOfMim, runSucceeded } from "../../../electron/installer/log-reading.ts";
import { logBytes, readBytes, readLines } from "./logs.ts";

// What public logs of many products taught. Each log is the smallest that shows one of them, with a brother or two.
const header =
  "=== Verbose logging started: 1/2/2026  10:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\system32\\msiexec.exe ===";
const returning = (code: number, side = "s") =>
  `MSI (${side}) (88:1C) [10:00:34:123]: MainEngineThread is returning ${code}`;
const engine = (text: string, side = "s", time = "10:00:01") => `MSI (${side}) (88:1C) [${time}:001]: ${text}`;
const told = (lines: readonly string[]) => explanationsOf(readLines(lines));

describe("the installer's own message", () => {
  const message =
    "Error 25009.The setup wizard cannot configure the specified database. Login failed for user 'CONTOSO\\svcInstall'.";
  const log = [
    header,
    "Action start 10:00:00: INSTALL.",
    "Action start 10:00:02: InstallFinalize.",
    `MSI (s) (2C!64) [10:00:30:562]: Product: Microsoft Identity Manager Service and Portal -- ${message}`,
    "",
    message,
    "CustomAction ConfigDB returned actual error code 1603 (note this may not be 100% accurate if translation happened inside sandbox)",
    "Action ended 10:00:31: InstallFinalize. Return value 3.",
    "Action ended 10:00:31: INSTALL. Return value 3.",
    returning(1603),
  ];

  test("comes first, as it was written, though its number is the package's own", () => {
    expect(told(log)[0]).toMatchObject({
      code: 25009,
      line: 4,
      text: "The setup wizard cannot configure the specified database. Login failed for user 'CONTOSO\\svcInstall'.",
    });
    expect(readLines(log).firstFailure).toMatchObject({ action: "InstallFinalize", customAction: "ConfigDB" });
  });

  test("is kept whole where it goes on in the next lines", () => {
    const [first] = told([
      header,
      "Error 26204. Error -2147217865: failed to execute SQL string, error detail: ",
      "Invalid object name 'fim.Objects'.",
      "Statement 3",
      "",
      "CAQuietExec:  not this",
      returning(1603),
    ]);
    expect(first?.text).toBe(
      "Error -2147217865: failed to execute SQL string, error detail: Invalid object name 'fim.Objects'. Statement 3",
    );
  });

  test("holds no secret, in none of its lines", () => {
    const reading = readLines([
      header,
      "Error 25541. Failed to run: sqlcmd PASSWORD=Winter#2026 failed",
      "with PWD=Summer#2027 as well",
      returning(1603),
    ]);
    const text = JSON.stringify([reading.messages, explanationsOf(reading)]);
    expect(text).toContain("Failed to run");
    expect(text).not.toMatch(/Winter|Summer/);
  });

  test("is told with the five lines before and the two after it, with their numbers", () => {
    const [first] = told(log);
    expect(first?.around.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(first?.around[3]?.text).toBe(log[3]);
    const [later] = told([...Array.from({ length: 20 }, (_, index) => `line ${index}`), ...log.slice(3)]);
    expect(later?.around.map(({ line }) => line)).toEqual([16, 17, 18, 19, 20, 21, 22, 23]);
  });

  test("is told for each service of several", () => {
    const service = (name: string) => `Error 1920. Service '${name}' (${name}) failed to start.`;
    expect(told([service("FIMService"), service("FIMSynchronizationService"), returning(1603)])).toHaveLength(3);
  });
});

describe("a custom action whose failure was passed over", () => {
  const ignored = (name: string) =>
    `CustomAction ${name} returned actual error code 1603 but will be translated to success due to continue marking`;

  test.each([["WixRemoveFoldersEx"], ["AI_DownloadPrereq"]])("is never the cause: %s", (name) => {
    const log = [
      header,
      `Action start 10:00:01: ${name}.`,
      ignored(name),
      `Action ended 10:00:01: ${name}. Return value 1.`,
      "Action start 10:00:02: InstallFinalize.",
      "Error 1920. Service 'Forefront Identity Manager Service' (FIMService) failed to start.  Verify that you have sufficient privileges to start system services.",
      "Action ended 10:00:32: InstallFinalize. Return value 3.",
      "Action ended 10:00:33: INSTALL. Return value 3.",
      returning(1603),
    ];
    const reading = readLines(log);
    expect(reading.firstFailure).toMatchObject({ action: "InstallFinalize", customAction: null });
    expect(explanationsOf(reading).map(({ code }) => code)).toEqual([1920, 1603]);
    expect(reading.customActions).toMatchObject([{ name, ignored: true }]);
  });

  test("nor is one that failed before the failed action began, or that succeeded later", () => {
    const failed = "CustomAction Early returned actual error code 1603 (note this may not be 100% accurate)";
    const end = ["Action start 10:00:02: InstallFinalize.", "Action ended 10:00:03: InstallFinalize. Return value 3."];
    expect(readLines([failed, ...end]).firstFailure?.customAction).toBeNull();
    const [start = "", ended = ""] = end;
    const again = [start, failed, "Action ended 10:00:02: Early. Return value 1.", ended];
    expect(readLines(again).firstFailure?.customAction).toBeNull();
  });

  test("is told of a run that succeeded, with the errors told in it", () => {
    const log = [
      header,
      "Action start 10:00:00: INSTALL.",
      ignored("SetAppCreds"),
      "Error 1920. Service 'Forefront Identity Manager Service' (FIMService) failed to start.",
      "Action ended 10:00:33: INSTALL. Return value 1.",
      "Property(S): ProductName = Microsoft Identity Manager Service and Portal",
      returning(0),
    ];
    expect(runSucceeded(readLines(log))).toBe(true);
    expect(told(log).map(({ origin, code, cause }) => ({ origin, code, cause }))).toEqual([
      { origin: "message", code: 1920, cause: "a service did not start" },
      {
        origin: "customAction",
        code: 1603,
        cause: "the custom action SetAppCreds failed with 1603, and the installer went on",
      },
    ]);
  });
});

describe("the end of a run that has another in it", () => {
  const older = [
    "Action start 10:00:01: RemoveExistingProducts.",
    "MSI (s) (6C:AC) [10:00:01:472]: ******* RunEngine:",
    "           ******* Product: {11111111-2222-3333-4444-555555555555}",
    engine("PROPERTY CHANGE: Adding REMOVE property. Its value is 'ALL'."),
    "Action start 10:00:02: INSTALL.",
    "Action ended 10:00:03: INSTALL. Return value 1.",
    "Property(N): REMOVE = ALL",
  ];
  const after = "Action ended 10:00:03: RemoveExistingProducts. Return value 1.";

  test("is not the end of the one within", () => {
    const reading = readLines([
      header,
      "Action start 10:00:00: INSTALL.",
      ...older,
      after,
      "Action start 10:00:04: InstallFiles.",
    ]);
    expect(reading).toMatchObject({ exitCode: null, phase: "installing", changesBegun: true, current: "InstallFiles" });
    expect(reading.running).toEqual({ name: "InstallFiles", startedAt: "10:00:04" });
  });

  test("where a custom action runs a package of its own", () => {
    const reading = readLines([
      header,
      "Action start 10:00:00: INSTALL.",
      "Action start 10:00:01: InstallChild.",
      "Action start 10:00:02: INSTALL.",
      "Action ended 10:00:03: INSTALL. Return value 3.",
    ]);
    expect(reading).toMatchObject({ exitCode: null, firstFailure: { nested: true } });
  });

  test("is an upgrade's, which removes nothing but the older version", () => {
    const reading = readLines([
      header,
      "Action start 10:00:00: INSTALL.",
      ...older,
      after,
      "Action ended 10:00:09: INSTALL. Return value 1.",
      "Property(S): ProductName = Microsoft Identity Manager Service and Portal",
      "MSI (s) (6C:A4) [10:00:09:628]: MainEngineThread is returning 0",
    ]);
    expect(reading).toMatchObject({
      exitCode: 0,
      removes: false,
      runKind: "upgrade",
      product: { name: "Microsoft Identity Manager Service and Portal", code: null },
    });
  });

  test("cut in the run within is not of the older product", () => {
    expect(readLines([header, "Action start 10:00:00: INSTALL.", ...older]).product.code).toBeNull();
  });

  test("a failure in the run within is told as one", () => {
    const reading = readLines([
      header,
      "Action start 10:00:00: INSTALL.",
      ...older.slice(0, 5),
      "Action start 10:00:02: RemoveFiles.",
      "Action ended 10:00:02: RemoveFiles. Return value 3.",
      "Action ended 10:00:03: INSTALL. Return value 3.",
      "Action ended 10:00:03: RemoveExistingProducts. Return value 3.",
      "Action ended 10:00:04: INSTALL. Return value 3.",
    ]);
    expect(reading).toMatchObject({ exitCode: 1603, firstFailure: { action: "RemoveFiles", nested: true } });
  });

  test("is told by the side that shows the pages, where that wrote to the log", () => {
    const service = [
      engine("Doing action: INSTALL", "c"),
      "Action start 10:00:00: INSTALL.",
      "Action ended 10:00:09: INSTALL. Return value 1.",
    ];
    expect(readLines([header, ...service]).exitCode).toBeNull();
    expect(readLines([header, ...service, returning(0)]).exitCode).toBeNull();
    expect(readLines([header, ...service, returning(0), returning(0, "c")]).exitCode).toBe(0);
    expect(readLines([header, ...service, "=== Verbose logging stopped: 1/2/2026  10:00:09 ==="]).exitCode).toBe(0);
  });
});

describe("a log in another language", () => {
  const logs = {
    Japanese: [
      "操作開始 10:00:00: INSTALL。",
      "操作開始 10:00:02: InstallFinalize。",
      "操作終了 10:00:32: InstallFinalize。 戻り値 3。",
      "操作終了 10:00:33: INSTALL。 戻り値 3。",
    ],
    Chinese: [
      "操作开始 10:00:00: INSTALL。",
      "操作开始 10:00:02: InstallFinalize。",
      "操作结束 10:00:32: InstallFinalize。返回值 3。",
      "操作结束 10:00:33: INSTALL。返回值 3。",
    ],
    "Chinese of Taiwan": [
      "動作開始 10:00:00: INSTALL。",
      "動作開始 10:00:02: InstallFinalize。",
      "動作結束 10:00:32: InstallFinalize。傳回值 3。",
      "動作結束 10:00:33: INSTALL。傳回值 3。",
    ],
    Korean: [
      "작업 시작 10:00:00: INSTALL.",
      "작업 시작 10:00:02: InstallFinalize.",
      "작업 종료 10:00:32: InstallFinalize. 반환 값 3.",
      "작업 종료 10:00:33: INSTALL. 반환 값 3.",
    ],
    German: [
      "Aktion gestartet um 10:00:00: INSTALL.",
      "Aktion gestartet um 10:00:02: InstallFinalize.",
      "Aktion beendet um 10:00:32: InstallFinalize. Rückgabewert 3.",
      "Aktion beendet um 10:00:33: INSTALL. Rückgabewert 3.",
    ],
    French: [
      "Début de l'action 10:00:00 : INSTALL.",
      "Début de l'action 10:00:02 : InstallFinalize.",
      "Fin de l'action 10:00:32 : InstallFinalize. Valeur renvoyée 3.",
      "Fin de l'action 10:00:33 : INSTALL. Valeur renvoyée 3.",
    ],
    Portuguese: [
      "Início da ação 10:00:00: INSTALL.",
      "Início da ação 10:00:02: InstallFinalize.",
      "Ação finalizada às 10:00:32: InstallFinalize. Valor de retorno 3.",
      "Ação finalizada às 10:00:33: INSTALL. Valor de retorno 3.",
    ],
    Italian: [
      "Inizio azione 10.00.00: INSTALL.",
      "Inizio azione 10.00.02: InstallFinalize.",
      "Fine azione 10.00.32: InstallFinalize. Valore restituito 3.",
      "Fine azione 10.00.33: INSTALL. Valore restituito 3.",
    ],
  };
  const withFailure = (lines: readonly string[]) => [
    header,
    ...lines.slice(0, 2),
    "CustomAction ConfigDB returned actual error code 1603 (note this may not be 100% accurate if translation happened inside sandbox)",
    ...lines.slice(2),
    returning(1603),
  ];

  test.each(Object.entries(logs))("has its actions: %s", (_language, lines) => {
    for (const bytes of [logBytes(withFailure(lines)), Buffer.from(withFailure(lines).join("\r\n"))]) {
      const { reading } = readBytes(bytes);
      expect(reading.firstFailure).toMatchObject({ action: "InstallFinalize", customAction: "ConfigDB", line: 5 });
      expect(reading.actions.map(({ name, returnValue }) => ({ name, returnValue }))).toEqual([
        { name: "INSTALL", returnValue: 3 },
        { name: "InstallFinalize", returnValue: 3 },
      ]);
    }
  });

  const product = "Microsoft Identity Manager Service and Portal";
  test.each([
    [
      "German",
      `Produkt: ${product} -- Fehler 1920. Der Dienst 'X' (FIMService) konnte nicht gestartet werden.`,
      "Der Dienst",
    ],
    [
      "French",
      `Produit : ${product} -- Erreur 1920. Le service 'X' (FIMService) n'a pas pu être démarré.`,
      "Le service",
    ],
    ["Portuguese", `Produto: ${product} -- Erro 1920. O serviço 'X' (FIMService) não foi iniciado.`, "O serviço"],
    ["Chinese", `产品: ${product} -- 错误 1920。服务“X”(FIMService)启动失败。`, "服务"],
    ["Japanese", `製品: ${product} -- エラー 1920。サービス 'X' (FIMService) を開始できませんでした。`, "サービス"],
    ["Russian", `Продукт: ${product} -- Ошибка 1920. Не удалось запустить службу «X».`, "Не удалось"],
  ])("has its messages and its product: %s", (_language, line, begins) => {
    const plain = line.slice(line.indexOf(" -- ") + 4);
    for (const log of [[engine(line)], [plain]]) {
      const [first] = told([header, ...log, returning(1603)]);
      expect(first).toMatchObject({ code: 1920, origin: "message", cause: "a service did not start", line: 2 });
      expect(first?.text?.startsWith(begins)).toBe(true);
    }
    expect(readLines([header, engine(line)]).product.name).toBe(product);
  });

  test.each([
    [
      "English, installed",
      "Windows Installer installed the product. Product Name: X 1. Product Version: 4.6.34.0. Product Language: 1033. Manufacturer: Microsoft Corporation. Installation success or error status: 1603.",
      "install",
      1603,
    ],
    [
      "English, removed",
      "Windows Installer removed the product. Product Name: X 1. Product Version: 4.6.34.0. Product Language: 1033. Manufacturer: Foo Inc.. Removal success or error status: 0.",
      "remove",
      0,
    ],
    [
      "Portuguese",
      "O Windows Installer instalou o produto. Nome do Produto: X 1. Versão do Produto: 4.6.34.0. Idioma do Produto: 1046. Fabricante: Y. Êxito da instalação ou status de erro: 1603.",
      "install",
      1603,
    ],
    [
      "German",
      "Das Produkt wurde durch Windows Installer neu konfiguriert. Produktname: X 1. Produktversion: 4.6.34.0. Produktsprache: 1031. Hersteller: Y. Erfolg- bzw. Fehlerstatus der Neukonfiguration: 1638.",
      "change",
      1638,
    ],
    [
      "French",
      "Windows Installer a supprimé le produit. Nom du produit : X 1. Version du produit : 4.6.34.0. Langue du produit : 1036. Fabricant : Y. Réussite de la suppression ou état de l'erreur : 0.",
      "remove",
      0,
    ],
    [
      "Chinese",
      "Windows Installer 已安装该产品。产品名称: X 1。产品版本: 4.6.34.0。产品语言: 2052。制造商: Y。安装成功或错误状态: 0。",
      "install",
      0,
    ],
    [
      "Japanese",
      "Windows インストーラーにより製品が再構成されました。製品名: X 1、製品バージョン: 4.6.34.0、製品の言語: 1041、製造元: Y、再構成の成功またはエラーの状態: 1603。",
      "change",
      1603,
    ],
  ])("has its summary: %s", (_language, line, runKind, exitCode) => {
    const reading = readLines([
      "=== Logging started: 1/2/2026  10:00:00 ===",
      engine(line, "c"),
      "=== Logging stopped: 1/2/2026  10:00:05 ===",
    ]);
    expect(reading).toMatchObject({ runKind, exitCode, product: { name: "X 1", version: "4.6.34.0" }, update: null });
  });

  test.each([["Port 1433. It answers"], ["Step 1000. Done"], ["Version 2016. Some words"], ["a.txt 1920. x"]])(
    "has no message where a line only looks like one: %s",
    (line) => {
      expect(readLines([header, line]).messages).toEqual([]);
    },
  );
});

describe("what a custom action said", () => {
  test.each([
    [
      "CAQuietExec",
      [
        'CAQuietExec:  A deployment or retraction is already under way for the solution "ilmpasswordportal.wsp".',
        "CAQuietExec:  Error 0xfffffffa: Command line returned an error.",
      ],
    ],
    [
      ".NET",
      [
        "SFXCA: Binding to CLR version v4.0.30319",
        "Exception thrown by custom action:",
        "System.Reflection.TargetInvocationException: Exception has been thrown by the target of an invocation.",
        "   at Contoso.Setup.Configure(Session session)",
      ],
    ],
  ])("stands below the action that failed: %s", (_who, said) => {
    const reading = readLines([
      header,
      "CAQuietExec:  long before",
      "Action start 10:00:00: INSTALL.",
      "Action start 10:00:02: InstallExecute.",
      engine("Executing op: ActionStart(Name=PatchRemoveFIMPWDPortal,,)"),
      "InstallFiles: File: a.dll,  Directory: C:\\,  Size: 3",
      ...said,
      "CustomAction PatchRemoveFIMPWDPortal returned actual error code 1603 (note this may not be 100% accurate if translation happened inside sandbox)",
      "Action ended 10:00:31: InstallExecute. Return value 3.",
      "Action ended 10:00:31: INSTALL. Return value 3.",
      returning(1603),
    ]);
    expect(reading.firstFailure?.customAction).toBe("PatchRemoveFIMPWDPortal");
    expect(reading.firstFailure?.said.map(({ text }) => text)).toEqual(said);
    expect(reading.firstFailure?.said[0]?.line).toBe(7);
  });

  test("is what the engine says of the product without a number, too; the last ten, without secrets", () => {
    const reading = readLines([
      header,
      "Action start 10:00:02: Check.",
      ...Array.from({ length: 12 }, (_, index) => `Check: PASSWORD=hidden${index} step`),
      engine("Product: MIM -- SQL Server 2016 is needed."),
      "Action ended 10:00:31: Check. Return value 3.",
    ]);
    expect(reading.firstFailure?.said).toHaveLength(10);
    expect(reading.firstFailure?.said.at(-1)?.text).toBe("SQL Server 2016 is needed.");
    expect(JSON.stringify(reading.firstFailure)).not.toContain("hidden1");
  });

  test("is told where no action says that it failed", () => {
    const reading = readLines([
      header,
      "Action start 10:00:02: INSTALL.",
      "CustomAction  returned actual error code 1603 (note this may not be 100% accurate)",
      "CustomAction SetUp returned actual error code 1603 (note this may not be 100% accurate)",
      returning(1603),
    ]);
    expect(reading.customActions.map(({ name }) => name)).toEqual(["", "SetUp"]);
    expect(reading.firstFailure).toMatchObject({ customAction: "", line: 3 });
  });
});

describe("a source that is missing for a hotfix only", () => {
  test.each([
    ["its name", engine("Note: 1: 1706 2: -2147483647 3: MIMService_x64_KB0000000.msp ")],
    ["what follows", engine("Note: 1: 1706 2: -2147483647 3: MIMService")],
  ])("is no cause, told by %s", (_how, note) => {
    const log = [
      header,
      note,
      engine("Could not find source for missing patch {A93DA06F-A5B8-4DF8-8B3F-B285E014C659} -- orphaning this patch"),
      "Action start 10:00:02: InstallFinalize.",
      "Error 1920. Service 'Forefront Identity Manager Service' (FIMService) failed to start.",
      "Action ended 10:00:32: InstallFinalize. Return value 3.",
      returning(1603),
    ];
    expect(told(log).map(({ code }) => code)).toEqual([1920, 1603]);
  });

  test("is one for the package itself, after the errors that were told", () => {
    const log = [
      engine("Note: 1: 1706 2: -2147483647 3: Service and Portal.msi"),
      "Error 1920. A service.",
      returning(1603),
    ];
    expect(told(log).map(({ code }) => code)).toEqual([1920, 1706, 1603]);
  });
});

describe("an action's name", () => {
  test.each([["CheckService.8994F7B6_3CCC_48D6_890A_09EEEA149781"], ["NServiceBus.Host.exe_Install"]])(
    "may hold full stops: %s",
    (name) => {
      const reading = readLines([
        header,
        "Action start 10:00:00: INSTALL.",
        `Action start 10:00:01: ${name}.`,
        `CustomAction ${name} returned actual error code 1603 (note this may not be 100% accurate)`,
        `Action ended 10:00:02: ${name}. Return value 3.`,
        "Action ended 10:00:02: INSTALL. Return value 3.",
        returning(1603),
      ]);
      expect(reading.firstFailure).toMatchObject({ action: name, line: 5, customAction: name });
      expect(readLines([engine(`Executing op: ActionStart(Name=${name},,)`)]).current).toBe(name);
    },
  );
});

describe("the product", () => {
  test.each([
    [
      "a hotfix's end",
      engine(
        "Product: Microsoft Identity Manager Service and Portal - Update 'MIM Service & Portal Hotfix KB 3201389' could not be installed. Error code 1603. Additional information is available in the log file C:\\Temp\\hotfix.log.",
        "c",
      ),
      false,
    ],
    [
      "a hotfix's end in German",
      engine(
        'Produkt: Microsoft Identity Manager Service and Portal - Update "MIM Service & Portal Hotfix KB 3201389" konnte nicht installiert werden. Fehlercode 1603.',
        "c",
      ),
      false,
    ],
    [
      "a hotfix's success",
      engine(
        "Product: Microsoft Identity Manager Service and Portal - Update 'MIM Service & Portal Hotfix KB 3201389' installed successfully.",
        "c",
      ),
      true,
    ],
  ])("is told by %s, with the update", (_by, line, installed) => {
    const reading = readLines([header, line, returning(1603, "c")]);
    expect(reading).toMatchObject({
      product: { name: "Microsoft Identity Manager Service and Portal" },
      update: { name: "MIM Service & Portal Hotfix KB 3201389", installed },
      runKind: "update",
    });
    expect(isOfMim(reading)).toBe(true);
  });

  test("is told by what the service registers, and by what the engine says of it", () => {
    const info = engine(
      "Executing op: ProductInfo(ProductKey={11111111-2222-3333-4444-555555555555},ProductName=Contoso Backup,PackageName=a.msi,Language=1033,)",
    );
    expect(readLines([info]).product).toMatchObject({
      name: "Contoso Backup",
      code: "{11111111-2222-3333-4444-555555555555}",
    });
    expect(readLines([engine("Product: Contoso Backup -- Installation failed.")]).product.name).toBe("Contoso Backup");
  });

  test("is another one where the package's file says so", () => {
    const file = (path: string) =>
      isOfMim(readLines([engine("******* RunEngine:", "c"), `           ******* Product: ${path}`]));
    expect(file("C:\\Temp\\putty-0.67-installer.msi")).toBe(false);
    expect(file("D:\\Service and Portal\\Service and Portal.msi")).toBeNull();
    expect(file("C:\\Windows\\Installer\\1a2b3c.msi")).toBeNull();
  });

  test("is told of an update by the summary", () => {
    const line =
      "Windows Installer installed an update. Product Name: X. Product Version: 4.6.34.0. Product Language: 1033. Manufacturer: Microsoft Corporation. Update Name: KB 5. Installation success or error status: 0.";
    expect(readLines([engine(line)])).toMatchObject({
      runKind: "update",
      update: { name: "KB 5", installed: true },
      exitCode: 0,
    });
  });
});

describe("what became of the changes", () => {
  const failed = ["Action start 10:00:02: InstallFinalize.", "Action ended 10:00:32: InstallFinalize. Return value 3."];

  test.each([
    ["the policy", engine("Machine policy value 'DisableRollback' is 1")],
    ["the property", "Property(S): RollbackDisabled = 1"],
    ["the package's property", "Property(S): DISABLEROLLBACK = 1"],
  ])("stays half done where rollback is switched off by %s", (_by, line) => {
    const reading = readLines([header, line, ...failed, returning(1603)]);
    expect(reading.rollback).toBe("switchedOff");
    expect(explanationsOf(reading).at(-1)?.cause).toBe(
      "it failed; rollback is switched off, so the server is left half changed",
    );
  });

  test("was rolled back where the log says so", () => {
    for (const line of [
      engine("Executing op: ActionStart(Name=Rollback,Description=Rolling back action:,)"),
      "Action 10:00:33: Rollback. Rolling back action:",
    ]) {
      expect(readLines([header, ...failed, line, returning(1603)]).rollback).toBe("rolledBack");
    }
  });

  test("is nothing where none was begun", () => {
    const log = [
      "Action start 10:00:01: LaunchConditions.",
      "Action ended 10:00:01: LaunchConditions. Return value 3.",
    ];
    expect(readLines([header, ...log, returning(1603)]).rollback).toBe("nothingBegun");
  });

  test("is not known where the log does not tell", () => {
    expect(readLines([header, ...failed, returning(1603)]).rollback).toBeNull();
    expect(readLines([header, returning(1603)]).rollback).toBeNull();
  });
});

describe("a restart and what is in use", () => {
  test("are told", () => {
    const reading = readLines([
      header,
      "Action start 10:00:00: INSTALL.",
      "Info 1603. The file C:\\Program Files\\App\\Service.exe is being held in use by the following process: Name: Service, Id: 4704, Window Title: '(not determined yet)'. Close that application and retry.",
      engine(
        "RESTART MANAGER: Detected that application with id 912, friendly name 'IIS Worker', of type RmService and status 1 holds file[s] in use.",
      ),
      "Action ended 10:00:33: INSTALL. Return value 1.",
      "Property(S): MsiSystemRebootPending = 1",
      "Property(S): MsiRebootActionScheduled = 1",
      returning(0),
    ]);
    expect(reading).toMatchObject({
      restart: "needed",
      restartWasPending: true,
      inUse: [
        { file: "C:\\Program Files\\App\\Service.exe", process: "Service", id: 4704 },
        { file: null, process: "IIS Worker", id: 912 },
      ],
    });
  });
});

describe("logs that were appended", () => {
  const started = (time: string) => `=== Logging started: 1/2/2026  ${time} ===`;
  const stopped = (time: string) => `=== Logging stopped: 1/2/2026  ${time} ===`;
  const failed = [
    "Action start 10:00:01: InstallFinalize.",
    "Action ended 10:00:02: InstallFinalize. Return value 3.",
    "Action ended 10:00:02: INSTALL. Return value 3.",
  ];
  const fine = ["Action start 11:00:00: INSTALL.", "Action ended 11:00:02: INSTALL. Return value 1."];

  test.each([
    [
      "two that are not verbose",
      [started("10:00:00"), ...failed, stopped("10:00:02"), started("11:00:00"), ...fine, stopped("11:00:02")],
    ],
    [
      "a verbose one before",
      [
        header,
        ...failed,
        returning(1603),
        "=== Verbose logging stopped: 1/2/2026  10:00:02 ===",
        started("11:00:00"),
        ...fine,
        stopped("11:00:02"),
      ],
    ],
    ["a verbose one behind", [started("10:00:00"), ...failed, stopped("10:00:02"), header, ...fine]],
  ])("are runs of their own: %s", (_what, log) => {
    expect(readLines(log)).toMatchObject({ runs: 2, exitCode: 0, firstFailure: null });
  });

  test("are one run within a verbose log", () => {
    expect(readLines([header, started("10:00:00"), ...fine, stopped("10:00:02"), started("10:00:03")]).runs).toBe(1);
  });
});

describe("a log that is not whole", () => {
  test("has no end where the number of its last line may be cut", () => {
    const cut = (code: string) =>
      readBytes(
        Buffer.concat([
          logBytes([header]),
          Buffer.from(`MSI (s) (88:1C) [10:00:34:123]: MainEngineThread is returning ${code}`, "utf16le"),
        ]),
      ).reading.exitCode;
    expect([cut("30"), cut("1"), cut("160"), cut("0"), cut("1603")]).toEqual([null, null, null, 0, 1603]);
  });

  test("is told as cut by a power failure where it ends in zeros", () => {
    const { reading } = readBytes(
      Buffer.concat([logBytes([header, "Action start 10:00:00: INSTALL."]), Buffer.alloc(4096)]),
    );
    expect(reading).toMatchObject({ endsInZeros: true, isInstallerLog: true, isBinary: false, exitCode: null });
    expect(readLines([header]).endsInZeros).toBe(false);
  });

  test("is one that has just begun when only its mark is there", () => {
    expect(readBytes(Buffer.of(0xff, 0xfe)).reading).toMatchObject({ isInstallerLog: true, bytes: 2, exitCode: null });
  });

  test("had not begun to change anything while it only reckoned", () => {
    const log = [
      header,
      "Action start 10:00:00: INSTALL.",
      "Action start 10:00:01: ExecuteAction.",
      "Action start 10:00:02: CostFinalize.",
    ];
    expect(readLines(log)).toMatchObject({ phase: "installing", changesBegun: false });
  });
});

describe("a bootstrapper's log", () => {
  test("is told as one, with the logs of its packages", () => {
    const reading = readBytes(
      Buffer.from(
        [
          "[1A2C:0B14][2026-01-02T10:00:00]i001: Burn v3.11.2.4516, Windows v10.0 (Build 20348: Service Pack 0), path: C:\\Temp\\setup.exe",
          "[1A2C:0B14][2026-01-02T10:00:00]i000: Setting string variable 'WixBundleLog' to value 'C:\\Temp\\setup.log'",
          "[1A2C:0B14][2026-01-02T10:00:09]i410: Variable: WixBundleLog_Service = C:\\Temp\\setup_000_Service.log",
          "[1A2C:0B14][2026-01-02T10:00:09]i007: Exit code: 0x643, restarting: No",
        ].join("\r\n"),
      ),
    ).reading;
    expect(reading).toMatchObject({
      isInstallerLog: true,
      bootstrapper: { logs: ["C:\\Temp\\setup_000_Service.log"] },
      exitCode: 1603,
    });
  });
});

describe("what a run did beside its end", () => {
  const pages = (lines: readonly string[]) => [
    header,
    engine("Doing action: INSTALL", "c"),
    "Action start 10:00:00: INSTALL.",
    "Action 10:00:01: MailServerDlg. Dialog created",
    ...lines,
  ];

  test("is told by the properties that were changed on its pages, without a secret", () => {
    const change = (text: string) => engine(`PROPERTY CHANGE: ${text}`, "c");
    const reading = readLines(
      pages([
        change("Adding MAIL_SERVER property. Its value is 'smtp.contoso.com'."),
        change(
          "Modifying MAIL_SERVER property. Its current value is 'smtp.contoso.com'. Its new value: 'outlook.office365.com'.",
        ),
        change("Modifying APP_ID property. Its current value is 'old'. Its new value: 'new'."),
        change("Adding CLIENT_SECRET property. Its value is 'Winter#2026'."),
        change("Adding SVCPASS property. Its value is 'Winter#2026'."),
        change("Deleting OLD property. Its current value is '1'."),
      ]),
    );
    expect(reading.changedProperties.map(({ name, before, after }) => ({ name, before, after }))).toEqual([
      { name: "MAIL_SERVER", before: null, after: "outlook.office365.com" },
      { name: "APP_ID", before: "old", after: "new" },
      { name: "CLIENT_SECRET", before: null, after: "present" },
      { name: "SVCPASS", before: null, after: "present" },
      { name: "OLD", before: "1", after: null },
    ]);
    expect(JSON.stringify(reading)).not.toContain("Winter");
  });

  test("is told by the features that were asked for", () => {
    const feature = (name: string, request: string) =>
      engine(`Feature: ${name}; Installed: Local;   Request: ${request};   Action: ${request}`);
    expect(readLines([feature("Service", "Null"), feature("Portal", "Reinstall")]).features).toEqual([
      { name: "Portal", installed: "Local", request: "Reinstall", action: "Reinstall" },
    ]);
    expect(readLines([feature("Service", "Null")]).features).toEqual([]);
    expect(readLines([header]).features).toBeNull();
  });

  test("is told by how long its actions took, and by the one that still runs", () => {
    const reading = readLines([
      header,
      "Action start 23:59:50: INSTALL.",
      "Action start 23:59:55: InstallFiles.",
      "Action ended 0:00:25: InstallFiles. Return value 1.",
      "Action start 0:00:25: InstallFinalize.",
      engine("Executing op: ActionStart(Name=SetPermissionEval,,)", "s", "00:00:30"),
      engine("Executing op: ActionStart(Name=StartServices,,)", "s", "01:10:30"),
    ]);
    expect(reading.slowest).toEqual([
      { name: "SetPermissionEval", line: 6, startedAt: "00:00:30", seconds: 4200 },
      { name: "InstallFiles", line: 3, startedAt: "23:59:55", seconds: 30 },
    ]);
    expect(reading.running).toEqual({ name: "StartServices", startedAt: "01:10:30" });
  });

  test("is told with who ran it and with what", () => {
    const reading = readLines([
      header,
      "Property(S): LogonUser = svcInstall",
      "Property(S): ComputerName = MIM01",
      "Property(S): MsiRunningElevated = 1",
    ]);
    expect(reading.runBy).toEqual({
      user: "svcInstall",
      computer: "MIM01",
      elevated: true,
      installer: "5.00.10011.00",
    });
  });

  test("is told with the custom actions that got data without a name", () => {
    const schedule = (type: number, data: string) =>
      engine(
        `Executing op: CustomActionSchedule(Action=SetMail,ActionType=${type},Source=BinaryData,Target=X,CustomActionData=${data})`,
      );
    const reading = readLines([
      schedule(3073, "svcMIM|CONTOSO|x"),
      schedule(1025, "svcMIM|x"),
      schedule(3073, "**********"),
    ]);
    expect(reading.unnamedData).toEqual([{ action: "SetMail", line: 1 }]);
  });
});
