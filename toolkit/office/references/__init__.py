"""Spreadsheet references: one mapping of template to output, one rewriter for every place.

In: the bands of a template sheet with their repetitions, and any formula, area or name. Out: the
same, following the rows and columns. ``formula`` reads formulas, ``axis`` and ``grid`` know where
lines went, ``follow`` rewrites. The rules, for rows and for columns alike:

1. Seen from outside, a reference that touches a band means all the band became.
2. Seen from inside, it means the lines of the same repetition; of a nested band, all of it.
3. A dollar on a line of the own band means the first repetition (``D$5``, the start of ``D$5:D5``)
   or, on both ends of a range, all of them (``$D$5:$D$5``).
4. A plain reference to the line just above the band means the line above each repetition:
   a running balance.
5. A range shrinks over lines that are gone; what has nothing left is ``#REF!``.
6. A rule laid over all repetitions (a conditional format) holds fast what lies outside the band.
7. In a formula that gives a value, a reference to one cell where a single value is wanted stays
   one: the first repetition; or, from a loop over the same things, the one of the same number.
   Where a function reads lists (``SUM(E5)``) it means all of them; within such an argument
   (``SUM(E5*F5)``) too, and the formula becomes one of arrays.
8. An aggregate over a sheet that was repeated takes the place from every copy.
"""
