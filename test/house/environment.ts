/** Only `platform/config` reads the environment, so that every setting is checked and documented in one place. */
import ts from 'typescript';
import { type Breach, lineOf, parse, type SourceFile, walk } from './source.ts';

const MODULES = new Set(['process', 'node:process']);

/** Every place where a file outside `platform/config` reads the environment. */
export function environmentReads(file: SourceFile): Breach[] {
  if (file.path.startsWith('src/platform/config/')) return [];
  const breaches: Breach[] = [];
  walk(parse(file), (node) => {
    if (reads(node)) breaches.push({ path: file.path, line: lineOf(node), says: 'reads the environment' });
  });
  return breaches;
}

function reads(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) {
    return (
      ts.isStringLiteralLike(node.argumentExpression) &&
      node.argumentExpression.text === 'env' &&
      isProcess(node.expression)
    );
  }
  if (ts.isVariableDeclaration(node)) {
    return (
      node.initializer !== undefined &&
      isProcess(node.initializer) &&
      ts.isObjectBindingPattern(node.name) &&
      takesEnv(node.name)
    );
  }
  if (ts.isImportDeclaration(node)) return isProcessModule(node.moduleSpecifier) && importsEnv(node);
  return false;
}

/** `process`, `globalThis.process`, or `import.meta`, which bundlers give an `env`. */
function isProcess(node: ts.Expression): boolean {
  if (ts.isMetaProperty(node)) return true;
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'process';
  return ts.isIdentifier(node) && node.text === 'process';
}

function takesEnv(pattern: ts.ObjectBindingPattern): boolean {
  return pattern.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env');
}

function isProcessModule(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) && MODULES.has(node.text);
}

function importsEnv(node: ts.ImportDeclaration): boolean {
  const bindings = node.importClause?.namedBindings;
  if (bindings === undefined || ts.isNamespaceImport(bindings)) return false;
  return bindings.elements.some((element) => (element.propertyName ?? element.name).text === 'env');
}
