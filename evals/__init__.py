"""How good Greenroom's judgement is, in figures: `make eval`. docs/evals.md tells how to read them."""
