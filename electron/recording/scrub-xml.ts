import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import { namesSecret } from "../contract/secret-signs.ts";

const attributesOf = ":@";
const textName = "#text";
const commentName = "#comment";
const cdataName = "#cdata";

const form = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  commentPropName: commentName,
  cdataPropName: cdataName,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
} as const;

/** A node as the parser gives it: one name with its children, or a text; its attributes beside. */
type Node = Record<string, unknown>;

/** What stands where a secret would and is none: nothing, a switch, or the mark. */
export const noSecret = /^\s*(?:(?:true|false|0|1|null|\*+|•+)\s*)?$/i;

/**
 * XML without its secrets: what a name of an element, an attribute or a key says is one, whole, and in every other text
 * what has the form of one, entities decoded. XML that holds none is given back as it was written.
 * @param scrub takes the secrets out of a text that is not XML
 * @returns null when it is not well-formed, or declares a document type: then nothing can be said of what it holds
 */
export function scrubXml(xml: string, scrub: (text: string) => string): string | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml) || XMLValidator.validate(xml) !== true) return null;
  let found = false;
  const plain = (text: string, isSecret: boolean): string => {
    const without = isSecret && !noSecret.test(text) ? "•••" : scrub(text);
    if (without !== text) found = true;
    return without;
  };

  function visit(nodes: readonly Node[], isSecret: boolean): void {
    for (const node of nodes) {
      const attributes = (node[attributesOf] ?? {}) as Record<string, string>;
      const called = Object.entries(attributes).find(([name]) => /^(?:key|name)$/i.test(name))?.[1];
      const isCalled = called !== undefined && namesSecret(called);
      for (const [name, value] of Object.entries(attributes)) {
        const names = /^(?:key|name|type|serializeAs)$/i.test(name);
        attributes[name] = plain(value, namesSecret(name) || ((isCalled || isSecret) && !names));
      }
      for (const [name, content] of Object.entries(node)) {
        if (name === attributesOf) continue;
        if (typeof content === "string") node[name] = plain(content, isSecret);
        else if (Array.isArray(content)) {
          const isText = name === commentName || name === cdataName;
          // What says "credential" is as often a section of settings as a secret: its texts go, its attributes by name.
          visit(content as Node[], isText ? isSecret : isSecret || isCalled || holdsText(name, content as Node[]));
        }
      }
    }
  }
  const holdsText = (name: string, content: readonly Node[]): boolean =>
    namesSecret(name) && content.every((child) => textName in child || cdataName in child || commentName in child);

  const nodes = new XMLParser(form).parse(xml) as Node[];
  visit(nodes, false);
  return found ? String(new XMLBuilder({ ...form, suppressEmptyNode: true }).build(nodes)) : xml;
}
