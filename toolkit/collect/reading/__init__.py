"""Reading: the values of a returned workbook or form, typed and placed, whatever was done to it."""
