// A VSIX: a zip of the extension's folder with a manifest and a list of content types. (vsce does the same, with 25 dependencies and Node 22.)
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { zipSync } from 'fflate';

const types = {
  '.json': 'application/json',
  '.js': 'application/javascript',
  '.md': 'text/markdown',
  '.txt': 'text/plain',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.scm': 'text/plain',
  '.vsixmanifest': 'text/xml',
};

/** The bytes of the VSIX of an unpacked extension; the same folder always makes the same bytes. */
export async function packageVsix(folder, manifest) {
  const files = {
    '[Content_Types].xml': Buffer.from(contentTypes()),
    'extension.vsixmanifest': Buffer.from(vsixManifest(manifest)),
  };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[`extension/${relative(folder, path).replaceAll('\\', '/')}`] = await readFile(path);
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return zipSync(sorted, { level: 9, mtime: new Date('2000-01-01T00:00:00') });
}

function contentTypes() {
  const defaults = Object.entries(types).map(([end, type]) => `<Default Extension="${end}" ContentType="${type}"/>`);
  const license = '<Override PartName="/extension/LICENSE" ContentType="text/plain"/>';
  return xml(
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join('')}${license}</Types>`,
  );
}

function vsixManifest({ name, displayName, description, version, publisher, engines, categories, keywords }) {
  const asset = (type, path) =>
    `<Asset Type="Microsoft.VisualStudio.${type}" Path="extension/${path}" Addressable="true"/>`;
  return xml(`<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}"/>
<DisplayName>${escaped(displayName)}</DisplayName>
<Description xml:space="preserve">${escaped(description)}</Description>
<Tags>${escaped(keywords.join(','))}</Tags>
<Categories>${escaped(categories.join(','))}</Categories>
<License>extension/LICENSE</License>
<Properties>
<Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escaped(engines.vscode)}"/>
<Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
</Properties>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>
${asset('Code.Manifest', 'package.json')}
${asset('Services.Content.Details', 'README.md')}
${asset('Services.Content.Changelog', 'CHANGELOG.md')}
${asset('Services.Content.License', 'LICENSE')}
</Assets>
</PackageManifest>`);
}

function xml(body) {
  return `<?xml version="1.0" encoding="utf-8"?>\n${body}\n`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
