// Imports that a model proposes: which are one import, and what they would bring in.
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { checkImport } from '../../server/guardrails/check-import.ts';
import { dependenciesOf, type ManifestName } from '../../server/guardrails/dependencies.ts';

const dependencies = new Set(['zod', '@scope/pkg', 'requests', 'pyyaml', 'serde', 'github.com/a/b']);

it('the modules of Node are known, with and without their scheme', () => {
  const inner = /^_|^node:_/;
  for (const name of builtinModules.filter((module) => !inner.test(module))) {
    const spelled = name.startsWith('node:') ? [name] : [name, `node:${name}`];
    for (const module of spelled)
      expect(checkImport(`import '${module}'`, dependencies), module).toEqual({
        ok: true,
        package: undefined,
        known: true,
      });
  }
  expect(checkImport("import 'node:sqlite'", dependencies)).toMatchObject({ package: undefined });
  expect(checkImport("import 'sqlite'", dependencies)).toMatchObject({ package: 'sqlite' });
  expect(checkImport("import 'node:nothing'", dependencies)).toMatchObject({ package: 'node:nothing' });
});

describe('the package of an import', () => {
  it.each<[string, string | undefined, boolean]>([
    ['import { z } from "zod"', 'zod', true],
    ["import z from 'zod/v4';", 'zod', true],
    ["import type { A } from '@scope/pkg/sub';", '@scope/pkg', true],
    ["import * as x from 'left-pad';", 'left-pad', false],
    ['import a, { b, type c } from "other"', 'other', false],
    ["import './side-effect.css'", undefined, true],
    ["import fs from 'node:fs';", undefined, true],
    ["import { join } from 'path';", undefined, true],
    ["import x from '#internal';", undefined, true],
    ["const { a, b } = require('lodash');", 'lodash', false],
    ["import data from './a.json' with { type: 'json' };", undefined, true],
    ["import x from 'https://example.com/x.js'", 'https://example.com/x.js', false],
    ['import os', undefined, true],
    ['import os, requests', 'requests', true],
    ['import numpy as np', 'numpy', false],
    ['import yaml', 'pyyaml', true],
    ['from . import x', undefined, true],
    ['from collections.abc import Iterable', undefined, true],
    ['from pandas import (DataFrame, Series)', 'pandas', false],
    ['use std::collections::HashMap;', undefined, true],
    ['use serde::{Deserialize, Serialize};', 'serde', true],
    ['use rand::Rng;', 'rand', false],
    ['use crate::a::b as c;', undefined, true],
    ['import foo "github.com/a/b/sub"', 'github.com/a/b/sub', true],
    ['import java.util.List;', undefined, true],
    ['using System.Text;', undefined, true],
    ['#include <vector>', undefined, true],
    ["require 'json'", undefined, true],
  ])('%s', (line, name, known) => {
    expect(checkImport(line, dependencies)).toEqual({ ok: true, package: name, known });
  });
});

describe('no single import', () => {
  it.each([
    'import x from "y"; evil()',
    'import x from "y"\nevil()',
    'import x from "y" // and more',
    'import("y").then(run)',
    'import x from "y\\u0022"',
    "import x from 'data:text/javascript,evil()'",
    'import os; os.system("x")',
    '__import__("os").system("x")',
    'const { a = evil() } = require("y")',
    'require(evil())',
    'use std::io; fn main() {}',
    'import x from "\u202ey"',
    'evil()',
    '',
    `import x from "${'y'.repeat(400)}"`,
    '#include "a" evil',
    'from x import y; evil()',
    '<script src="x">',
  ])('%j', (line) => {
    expect(checkImport(line, dependencies)).toHaveProperty('ok', false);
  });
});

describe('the dependencies of a project', () => {
  it.each<[ManifestName, string, string[]]>([
    ['package.json', '{"name":"me","dependencies":{"a":"1"},"devDependencies":{"@b/c":"2"}}', ['me', 'a', '@b/c']],
    ['package.json', '{"name":', []],
    ['package.json', 'null', []],
    ['requirements.txt', '# c\nPyYAML==6.0\nrequests[socks]>=2\n-r other.txt\n', ['pyyaml', 'requests']],
    [
      'Cargo.toml',
      '[package]\nname = "x"\n[dependencies]\nserde = "1"\ntokio-util = { version = "1" }\n[dependencies.rand]\nversion="1"',
      ['dependencies', 'serde', 'tokio_util', 'rand', 'version'],
    ],
    [
      'go.mod',
      'module example.com/me\n\ngo 1.22\n\nrequire (\n\tgithub.com/a/b v1.2.3\n)\nrequire golang.org/x/net v0.1.0\n',
      ['example.com/me', 'github.com/a/b', 'golang.org/x/net'],
    ],
  ])('%s %#', (name, text, expected) => {
    expect([...dependenciesOf(name, text)]).toEqual(expected);
  });

  it('pyproject.toml, in both of its styles', () => {
    const text =
      '[project]\nname = "me"\ndependencies = [\n  "requests>=2",\n  "scikit-learn",\n]\n[tool.poetry.dependencies]\nPillow = "^10"\n[tool.black]\nline-length = 1\n';
    const found = dependenciesOf('pyproject.toml', text);
    for (const name of ['requests', 'scikit_learn', 'pillow']) expect(found).toContain(name);
    expect(found).not.toContain('line_length');
    expect(checkImport('import sklearn', found)).toEqual({ ok: true, package: 'scikit_learn', known: true });
  });
});
