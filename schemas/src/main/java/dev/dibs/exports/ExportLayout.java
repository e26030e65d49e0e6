package dev.dibs.exports;

import java.util.List;

/**
 * How the rows of an export are written.
 *
 * @param bom whether the file begins with a byte order mark, by which some spreadsheets know UTF-8
 * @param formulaSafe whether a field that a spreadsheet would take for a formula has an apostrophe in front
 */
public record ExportLayout(List<ExportColumn> columns, boolean bom, boolean formulaSafe) {
    public static final ExportLayout DEFAULT = new ExportLayout(ExportColumn.DEFAULT, false, true);

    public ExportLayout {
        if (columns == null || columns.isEmpty() || columns.stream().distinct().count() < columns.size()) {
            throw new IllegalArgumentException("a file has at least one column, and none twice");
        }
        columns = List.copyOf(columns);
    }
}
