package dev.dibs.standalone.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFormatTest {
    @ParameterizedTest
    @CsvSource({
        "a.csv, CSV",
        "a.CSV, CSV",
        "a.csv.gz, CSV_GZ",
        "2026.11.26.parquet, PARQUET",
        "results, CSV",
        "v1.2/results, CSV",
        ".results, CSV"
    })
    void aFileIsWhatItsNameSays(Path file, ExportFormat format) {
        assertThat(ExportFormat.ofName(file)).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.gz", "a.xlsx", "a.parq", "a.csv.zip", "a.", "2026.11"})
    void anotherEndingIsRefusedWithThoseThereAre(String file) {
        assertThatThrownBy(() -> ExportFormat.ofName(Path.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are .csv, .csv.gz, .parquet;");
    }
}
