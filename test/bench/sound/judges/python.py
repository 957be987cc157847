"""Judges Python texts with the language's own parser; how to ask is told in judge.ts."""

import ast
import signal
import sys
import warnings

signal.signal(signal.SIGINT, signal.SIG_DFL)
warnings.simplefilter("ignore")


def fault_of(source: bytes) -> str:
    try:
        ast.parse(source)
    except SyntaxError as error:
        return f"{error.lineno}: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"0: {error}"
    return ""


while head := sys.stdin.buffer.readline():
    fault = fault_of(sys.stdin.buffer.read(int(head)))
    print(fault.replace("\n", " "), flush=True)
