"""Storms: Greenroom as its own process, behind broken lines, killed and started again.

`proxy` breaks the lines, `process` the program, `faults` says what may happen, `members` press the
buttons, `toll` holds both sides against the promises, `storm` plays it all by a seed.
"""
