"""The tests: each states the behaviour it holds in its docstring."""
