import { XMLBuilder } from "fast-xml-parser";

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: true });

/**
 * The one question asked of a mailbox: the id of its Inbox, as the mailbox itself (ExchangeImpersonation). Nothing is
 * read from it and nothing changes.
 * Source: https://learn.microsoft.com/en-us/exchange/client-developer/web-service-reference/getfolder-operation
 */
export function getInbox(mailbox: string): string {
  const envelope = {
    "?xml": { "@version": "1.0", "@encoding": "utf-8" },
    "soap:Envelope": {
      "@xmlns:soap": "http://schemas.xmlsoap.org/soap/envelope/",
      "@xmlns:t": "http://schemas.microsoft.com/exchange/services/2006/types",
      "@xmlns:m": "http://schemas.microsoft.com/exchange/services/2006/messages",
      "soap:Header": {
        "t:RequestServerVersion": { "@Version": "Exchange2013_SP1" },
        "t:ExchangeImpersonation": { "t:ConnectingSID": { "t:SmtpAddress": mailbox } },
      },
      "soap:Body": {
        "m:GetFolder": {
          "m:FolderShape": { "t:BaseShape": "IdOnly" },
          "m:FolderIds": { "t:DistinguishedFolderId": { "@Id": "inbox" } },
        },
      },
    },
  };
  return String(builder.build(envelope));
}
