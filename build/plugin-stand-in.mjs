// Stand-ins for NSIS' plug-ins that Debian has not: libraries that have the functions' names and do nothing. NSIS reads
// those names when it compiles; a set-up made with them cannot be run.

/** How a part of the file and of memory is aligned, in bytes. */
const alignment = { file: 0x200, memory: 0x1000 };

/**
 * A 32-bit Windows library that exports functions of these names, each of which returns at once.
 * Source of the layout: https://learn.microsoft.com/en-us/windows/win32/debug/pe-format
 * @param {string} library its file name
 * @param {readonly string[]} names
 * @returns {Buffer}
 */
export function pluginStandIn(library, names) {
  const sorted = [...names].sort();
  const start = alignment.memory;
  // One section: the code that returns, the export directory, its three tables, and the texts.
  const directory = 0x10;
  const addresses = directory + 40;
  const pointers = addresses + 4 * sorted.length;
  const ordinals = pointers + 4 * sorted.length;
  let at = ordinals + 2 * sorted.length;
  const texts = [library, ...sorted].map((text) => {
    const place = at;
    at += text.length + 1;
    return { text, place };
  });
  const section = Buffer.alloc(Math.ceil(at / alignment.file) * alignment.file);
  // ret
  section[0] = 0xc3;
  const numbers = [1, sorted.length, sorted.length, start + addresses, start + pointers, start + ordinals];
  section.writeUInt32LE(start + (texts[0]?.place ?? 0), directory + 12);
  numbers.forEach((number, index) => void section.writeUInt32LE(number, directory + 16 + 4 * index));
  texts.forEach(({ text, place }, index) => {
    section.write(text, place, "latin1");
    if (index === 0) return;
    section.writeUInt32LE(start, addresses + 4 * (index - 1));
    section.writeUInt32LE(start + place, pointers + 4 * (index - 1));
    section.writeUInt16LE(index - 1, ordinals + 2 * (index - 1));
  });

  const header = Buffer.alloc(alignment.file);
  header.write("MZ", 0, "latin1");
  header.writeUInt32LE(0x40, 0x3c);
  header.write("PE\0\0", 0x40, "latin1");
  const coff = 0x44;
  // For an i386; one section; an optional header of 224 bytes; a library for 32 bits.
  header.writeUInt16LE(0x14c, coff);
  header.writeUInt16LE(1, coff + 2);
  header.writeUInt16LE(224, coff + 16);
  header.writeUInt16LE(0x2102, coff + 18);
  const optional = coff + 20;
  header.writeUInt16LE(0x10b, optional);
  header.writeUInt32LE(0x1000_0000, optional + 28);
  header.writeUInt32LE(alignment.memory, optional + 32);
  header.writeUInt32LE(alignment.file, optional + 36);
  header.writeUInt16LE(4, optional + 40);
  header.writeUInt16LE(4, optional + 48);
  header.writeUInt32LE(start + Math.ceil(section.length / alignment.memory) * alignment.memory, optional + 56);
  header.writeUInt32LE(alignment.file, optional + 60);
  header.writeUInt16LE(2, optional + 68);
  header.writeUInt32LE(16, optional + 92);
  header.writeUInt32LE(start + directory, optional + 96);
  header.writeUInt32LE(at - directory, optional + 100);
  const table = optional + 224;
  header.write(".text", table, "latin1");
  header.writeUInt32LE(section.length, table + 8);
  header.writeUInt32LE(start, table + 12);
  header.writeUInt32LE(section.length, table + 16);
  header.writeUInt32LE(alignment.file, table + 20);
  header.writeUInt32LE(0x6000_0020, table + 36);
  return Buffer.concat([header, section]);
}

/** Functions of plug-ins, by the plug-in's name, as a script calls them: `Plugin::Function`. @param {string} script */
export function calledPlugins(script) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const [, name = "", called = ""] of script.matchAll(/\b([A-Za-z]\w*)::(\w+)/g)) {
    found.set(name, (found.get(name) ?? new Set()).add(called));
  }
  return found;
}
