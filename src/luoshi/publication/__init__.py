"""成文: bulletins, supervision slips, progress tables and the ledger workbook, as office files.

Enters: plain frozen values chosen and computed by others (counts, figures, lights with their reasons, words of
the document). Leaves: the bytes of .docx files in GB/T 9704 layout and of .xlsx files, the same bytes for the
same values. It rates nobody, reads no database and no clock, and writes no sentence its values do not bear out.
"""
