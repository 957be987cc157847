package main

import (
	"go/ast"
	"strings"
)

// around is what is around a node: how many functions with a name, and whether it is directly in the block of a group of tests.
type around struct {
	depth int
	group bool
}

func (a around) inner() around  { return around{depth: a.depth} }
func (a around) deeper() around { return around{depth: a.depth + 1} }

func (w *walk) statements(list []ast.Stmt, around around) {
	for _, statement := range list {
		w.statement(statement, around)
	}
}

func (w *walk) statement(statement ast.Stmt, around around) {
	where := w.of(statement)
	w.add("part", where, item{})
	switch node := statement.(type) {
	case *ast.ExprStmt:
		w.expression(node, around)
	case *ast.AssignStmt:
		for index, value := range node.Rhs {
			name := ""
			if index < len(node.Lhs) {
				name = w.text[w.at(node.Lhs[index].Pos()):w.at(node.Lhs[index].End())]
				w.below(node.Lhs[index], around.inner())
			}
			w.bound(name, where, value, around)
		}
	case *ast.DeclStmt:
		if group, ok := node.Decl.(*ast.GenDecl); ok {
			for _, spec := range group.Specs {
				extent := where
				if group.Lparen.IsValid() {
					extent = w.specSpan(spec)
				}
				w.spec(spec, extent, around)
			}
		}
	default:
		w.below(statement, around.inner())
	}
}

// bound is a value with a name: a function, also one that is called at once, has that name.
func (w *walk) bound(name string, extent span, value ast.Expr, around around) {
	called, arguments := bare(value), []ast.Expr(nil)
	if call, ok := called.(*ast.CallExpr); ok {
		called, arguments = bare(call.Fun), call.Args
	}
	if literal, ok := called.(*ast.FuncLit); ok {
		at := w.at(literal.Pos())
		w.add("function", extent, item{Name: name, Definition: &at})
		w.statements(literal.Body.List, around.deeper())
		for _, argument := range arguments {
			w.below(argument, around.inner())
		}
		return
	}
	w.unlabelled(extent, value, around, name)
	w.below(value, around.inner())
}

func (w *walk) expression(node *ast.ExprStmt, around around) {
	where := w.of(node)
	name, literal := labelled(node.X)
	if literal == nil {
		w.unlabelled(where, node.X, around, "")
		w.below(node.X, around.inner())
		return
	}
	at := w.at(literal.Pos())
	body := w.of(literal.Body)
	isGroup := false
	for _, each := range literal.Body.List {
		if statement, ok := each.(*ast.ExprStmt); ok {
			_, inner := labelled(statement.X)
			isGroup = isGroup || inner != nil
		}
	}
	w.add("function", where, item{Name: name, Definition: &at, Body: &body, Test: true, Group: isGroup})
	in := around.deeper()
	in.group = isGroup
	w.statements(literal.Body.List, in)
}

func (w *walk) unlabelled(extent span, value ast.Expr, around around, name string) {
	literal := callback(value)
	if literal == nil {
		return
	}
	at := w.at(literal.Pos())
	isLong := strings.Contains(w.text[w.at(literal.Body.Pos()):w.at(literal.Body.End())], "\n")
	role := "callback"
	if around.group && isLong {
		role = "function"
	}
	w.add(role, extent, item{Name: name, Definition: &at})
}

// below walks through what is in a node: its statements, functions and parts.
func (w *walk) below(node ast.Node, around around) {
	if node == nil {
		return
	}
	ast.Inspect(node, func(each ast.Node) bool {
		switch each := each.(type) {
		case *ast.BlockStmt:
			w.statements(each.List, around)
			return false
		case *ast.CaseClause:
			w.add("part", w.of(each), item{})
			w.statements(each.Body, around)
			return false
		case *ast.CommClause:
			w.add("part", w.of(each), item{})
			w.statements(each.Body, around)
			return false
		case *ast.AssignStmt:
			w.statement(each, around)
			return false
		case *ast.CompositeLit:
			w.elements(each, around)
			return false
		case *ast.CallExpr:
			for _, argument := range each.Args {
				w.add("part", w.of(argument), item{})
			}
		case *ast.StructType:
			w.fields(each.Fields)
		case *ast.InterfaceType:
			w.fields(each.Methods)
		}
		return true
	})
}

func (w *walk) fields(list *ast.FieldList) {
	for _, field := range list.List {
		from := w.at(field.Type.Pos())
		if len(field.Names) > 0 {
			from = w.at(field.Names[0].Pos())
		}
		to := w.at(field.Type.End())
		if field.Tag != nil {
			to = w.at(field.Tag.End())
		}
		w.add("part", span{from, to}, item{})
	}
}

// elements are the rows of a table; one with a key and a function is a function of that name.
func (w *walk) elements(literal *ast.CompositeLit, around around) {
	if literal.Type != nil {
		w.below(literal.Type, around)
	}
	for _, element := range literal.Elts {
		w.add("part", w.of(element), item{})
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			w.below(element, around)
			continue
		}
		w.below(pair.Key, around)
		if function, ok := bare(pair.Value).(*ast.FuncLit); ok {
			at := w.at(function.Pos())
			w.add("function", w.of(pair), item{Name: w.text[w.at(pair.Key.Pos()):w.at(pair.Key.End())], Definition: &at})
			w.statements(function.Body.List, around.deeper())
			continue
		}
		w.below(pair.Value, around)
	}
}

// labelled is a function behind a string in one call of a chain.
func labelled(expression ast.Expr) (string, *ast.FuncLit) {
	for call := callIn(expression); call != nil; call = callIn(call.Fun) {
		label := ""
		for _, argument := range call.Args {
			if literal, ok := bare(argument).(*ast.FuncLit); ok && label != "" {
				return label[1 : len(label)-1], literal
			}
			if text, ok := argument.(*ast.BasicLit); ok && label == "" && strings.ContainsAny(text.Value[:1], "\"`") {
				label = text.Value
			}
		}
	}
	return "", nil
}

// callback is any function that a chain of calls is given, or calls.
func callback(expression ast.Expr) *ast.FuncLit {
	for call := callIn(expression); call != nil; call = callIn(call.Fun) {
		if literal, ok := bare(call.Fun).(*ast.FuncLit); ok {
			return literal
		}
		for _, argument := range call.Args {
			if literal, ok := bare(argument).(*ast.FuncLit); ok {
				return literal
			}
			if found := callback(argument); found != nil {
				return found
			}
		}
	}
	return nil
}

// callIn is the last call of a chain.
func callIn(expression ast.Expr) *ast.CallExpr {
	for {
		switch node := bare(expression).(type) {
		case *ast.CallExpr:
			return node
		case *ast.SelectorExpr:
			expression = node.X
		default:
			return nil
		}
	}
}

func bare(expression ast.Expr) ast.Expr {
	for {
		inner, ok := expression.(*ast.ParenExpr)
		if !ok {
			return expression
		}
		expression = inner.X
	}
}
