package dev.dibs.standalone.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** As what an export is stored. */
public enum ExportFormat {
    CSV("csv"),
    CSV_GZ("csv.gz"),
    PARQUET("parquet");

    private final String label;

    ExportFormat(String label) {
        this.label = label;
    }

    /** Also how the name of such a file ends. */
    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException where there is none of this label; the message lists those there are */
    public static ExportFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + label + "' is no format; there are " + labels("")));
    }

    /**
     * As its name ends; CSV where it has no ending.
     *
     * @throws IllegalArgumentException where it ends otherwise: a spreadsheet's name on a file that is none misleads
     *     whoever opens it
     */
    public static ExportFormat ofName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.label))
                .findFirst()
                .orElseGet(() -> withoutEnding(name));
    }

    private static ExportFormat withoutEnding(String name) {
        int dot = name.lastIndexOf('.');
        if (dot > 0) {
            throw new IllegalArgumentException("'" + name.substring(dot) + "' is the ending of no format; there are "
                    + labels(".") + "; --format says it whatever the name is");
        }
        return CSV;
    }

    private static String labels(String before) {
        return Arrays.stream(values()).map(format -> before + format.label).collect(Collectors.joining(", "));
    }
}
