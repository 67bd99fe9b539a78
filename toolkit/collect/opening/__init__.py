"""Opening: what a file really is, and whether it may be read.

``gate`` is the door; ``package`` opens zip files with counting, ``compound`` those of Office before
2007, ``flags`` names what is never run or followed.
"""
