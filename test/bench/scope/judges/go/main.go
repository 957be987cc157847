// Command judge says what Go's own parser makes of a file. JSON lines in and out (judged.ts); offsets are bytes of UTF-8.
package main

import (
	"bufio"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"strings"
)

type span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

type item struct {
	span
	Role       string `json:"role"`
	Name       string `json:"name,omitempty"`
	Definition *int   `json:"definition,omitempty"`
	Body       *span  `json:"body,omitempty"`
	Test       bool   `json:"test,omitempty"`
	Group      bool   `json:"group,omitempty"`
	Table      bool   `json:"table,omitempty"`
}

type comment struct {
	span
	Doc bool `json:"doc"`
}

type answer struct {
	Items    []item    `json:"items"`
	Comments []comment `json:"comments"`
	Opaque   []span    `json:"opaque"`
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var question struct{ Path, Text string }
		if err := json.Unmarshal(line, &question); err != nil {
			panic(err)
		}
		if found, err := judge(question.Path, question.Text); err != nil {
			_ = out.Encode(map[string]string{"fault": err.Error()})
		} else {
			_ = out.Encode(found)
		}
	}
}

func judge(path, text string) (answer, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return answer{}, err
	}
	w := &walk{files: files, text: text, answer: answer{Items: []item{}, Comments: []comment{}, Opaque: []span{}}}
	for _, decl := range file.Decls {
		w.decl(decl)
	}
	w.add("statement", span{w.at(file.Package), w.at(file.Name.End())}, item{Name: file.Name.Name})
	w.tokens()
	return w.answer, nil
}

type walk struct {
	files  *token.FileSet
	text   string
	answer answer
}

func (w *walk) at(pos token.Pos) int { return w.files.PositionFor(pos, false).Offset }

func (w *walk) of(node ast.Node) span { return span{w.at(node.Pos()), w.at(node.End())} }

func (w *walk) add(role string, where span, more item) {
	more.Role = role
	more.span = where
	w.answer.Items = append(w.answer.Items, more)
}

func (w *walk) decl(decl ast.Decl) {
	if function, ok := decl.(*ast.FuncDecl); ok {
		// Without its doc comment, which the rules attach.
		where := span{w.at(function.Type.Func), w.at(function.End())}
		at := where.From
		w.add("function", where, item{Name: function.Name.Name, Definition: &at, Test: isTest(function.Name.Name)})
		w.add("part", where, item{})
		if function.Body != nil {
			w.statements(function.Body.List, around{depth: 1})
		}
		return
	}
	group := decl.(*ast.GenDecl)
	where := span{w.at(group.TokPos), w.at(group.End())}
	w.add("part", where, item{})
	if group.Tok == token.IMPORT {
		w.add("import", where, item{})
		return
	}
	w.add("statement", where, item{Name: nameOf(group), Table: isTable(group)})
	for _, spec := range group.Specs {
		extent := where
		if group.Lparen.IsValid() {
			extent = w.specSpan(spec)
			w.add("part", extent, item{})
			w.add("statement", extent, item{Name: specName(spec), Table: isTableSpec(spec)})
		}
		w.spec(spec, extent, around{})
	}
}

// specSpan is a spec without its comments.
func (w *walk) specSpan(spec ast.Spec) span {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		return span{w.at(spec.Names[0].Pos()), w.at(spec.End())}
	case *ast.TypeSpec:
		return span{w.at(spec.Name.Pos()), w.at(spec.End())}
	}
	return w.of(spec)
}

func (w *walk) spec(spec ast.Spec, extent span, around around) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for index, value := range spec.Values {
			name := ""
			if index < len(spec.Names) {
				name = spec.Names[index].Name
			}
			w.bound(name, extent, value, around)
		}
	case *ast.TypeSpec:
		w.below(spec.Type, around)
	}
}

// tokens finds the comments and the literals.
func (w *walk) tokens() {
	var scan scanner.Scanner
	file := w.files.AddFile("tokens", -1, len(w.text))
	scan.Init(file, []byte(w.text), nil, scanner.ScanComments)
	for {
		pos, tok, literal := scan.Scan()
		from := file.Offset(pos)
		switch tok {
		case token.EOF:
			return
		case token.COMMENT:
			// The scanner drops carriage returns.
			to := from + len(literal)
			if strings.HasPrefix(literal, "/*") {
				to = from + strings.Index(w.text[from:], "*/") + 2
			}
			w.answer.Comments = append(w.answer.Comments, comment{span: span{from, to}})
		case token.STRING:
			to := from + len(literal)
			if literal[0] == '`' {
				to = from + 2 + strings.Index(w.text[from+1:], "`")
			}
			w.answer.Opaque = append(w.answer.Opaque, span{from, to})
		}
	}
}

func isTest(name string) bool {
	return strings.HasPrefix(name, "Test") || strings.HasPrefix(name, "Benchmark") || strings.HasPrefix(name, "Fuzz")
}

func nameOf(group *ast.GenDecl) string {
	if len(group.Specs) != 1 {
		return ""
	}
	return specName(group.Specs[0])
}

func specName(spec ast.Spec) string {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		return spec.Names[0].Name
	case *ast.TypeSpec:
		return spec.Name.Name
	}
	return ""
}

func isTable(group *ast.GenDecl) bool {
	return len(group.Specs) == 1 && isTableSpec(group.Specs[0])
}

func isTableSpec(spec ast.Spec) bool {
	value, ok := spec.(*ast.ValueSpec)
	if !ok || len(value.Values) == 0 {
		return false
	}
	literal := value.Values[0]
	if address, ok := literal.(*ast.UnaryExpr); ok {
		literal = address.X
	}
	_, ok = literal.(*ast.CompositeLit)
	return ok
}
