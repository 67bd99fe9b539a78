"""Present: what came back, shown: consolidated workbooks, the findings report, the status deck."""
