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
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no format; there are "
                        + Arrays.stream(values()).map(ExportFormat::label).collect(Collectors.joining(", "))));
    }

    /** As its name says; CSV where it says nothing. */
    public static ExportFormat ofName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.label))
                .findFirst()
                .orElse(CSV);
    }
}
