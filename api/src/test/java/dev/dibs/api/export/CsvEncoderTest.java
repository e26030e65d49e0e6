package dev.dibs.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.TicketState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEncoderTest {
    private static final ResultRow.Use REDEEMED = new ResultRow.Use(TicketState.REDEEMED, 1795608060000L, 9);

    private final CsvEncoder encoder = new CsvEncoder(ExportLayout.DEFAULT);

    @Test
    void writesRfc4180WithCrlf() {
        assertThat(text(encoder.header()))
                .isEqualTo("sequence,ticket_id,user_id,ticket,code,grabbed_at,redeemed_at,revoked_at\r\n");
        assertThat(text(encoder.rows(List.of(row("A-1", REDEEMED)))))
                .isEqualTo("0,t-1,ann,standard,A-1,2026-11-25T12:00:00.123Z,2026-11-25T12:01:00.000Z,\r\n");
    }

    @Test
    void everyColumnIsThereIfItIsAskedFor() {
        CsvEncoder all = new CsvEncoder(new ExportLayout(List.of(ExportColumn.values()), true, true));

        assertThat(text(all.header()))
                .isEqualTo("\uFEFFsequence,ticket_id,user_id,ticket,code,grabbed_at,redeemed_at,revoked_at,"
                        + "state,grab_offset,state_offset\r\n");
        assertThat(text(all.rows(List.of(row(null, new ResultRow.Use(TicketState.REVOKED, 0, 12)), row("=x", null)))))
                .isEqualTo("0,t-1,ann,standard,,2026-11-25T12:00:00.123Z,,1970-01-01T00:00:00.000Z,revoked,7,12\r\n"
                        + "0,t-1,ann,standard,'=x,2026-11-25T12:00:00.123Z,,,granted,7,\r\n");
    }

    /** A reader passes over empty lines, and would count too few. */
    @Test
    void anEmptyFieldThatIsAloneIsSeen() {
        CsvEncoder times = new CsvEncoder(new ExportLayout(List.of(ExportColumn.REDEEMED_AT), false, true));

        String csv = text(times.rows(List.of(row("A", null), row("B", REDEEMED), row("C", null))));

        assertThat(csv).isEqualTo("\"\"\r\n2026-11-25T12:01:00.000Z\r\n\"\"\r\n");
        assertThat(CsvReader.builder().ofCsvRecord(csv).stream()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "say \"hi\"", "two\r\nlines", "two\nlines", " blanks ", "券码 ü", "a=1", ""})
    void whatAnyReaderReadsIsWhatWasWritten(String code) {
        assertThat(readBack(code)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+49",
                "-1",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "\nx",
                "\uFF1D1+1",
                "=HYPERLINK(\"http://x\",\"y\")"
            })
    void noFieldBeginsLikeAFormula(String code) {
        assertThat(readBack(code)).isEqualTo("'" + code);
    }

    @Test
    void aProgramGetsTheFieldsAsTheyAre() {
        CsvEncoder raw = new CsvEncoder(new ExportLayout(List.of(ExportColumn.CODE), false, false));

        assertThat(text(raw.rows(List.of(row("=1+1", null))))).isEqualTo("=1+1\r\n");
    }

    @Test
    void aTicketWithoutACodeIsToldAsSuch() {
        assertThat(readBack(null)).isEmpty();
    }

    private String readBack(String code) {
        List<CsvRecord> records = CsvReader.builder().ofCsvRecord(text(encoder.rows(List.of(row(code, null))))).stream()
                .toList();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).getFieldCount()).isEqualTo(8);
        return records.get(0).getField(4);
    }

    private static ResultRow row(String code, ResultRow.Use use) {
        return new ResultRow(0, "t-1", "ann", "standard", code, 1795608000123L, 7, use);
    }

    private static String text(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8);
    }
}
