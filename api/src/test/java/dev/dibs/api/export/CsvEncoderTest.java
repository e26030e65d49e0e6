package dev.dibs.api.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvEncoderTest {

    @Test
    void writesRfc4180WithCrlf() {
        assertThat(text(CsvEncoder.header()))
                .isEqualTo("sequence,ticket_id,user_id,ticket,code,grabbed_at,redeemed_at,revoked_at\r\n");
        assertThat(text(CsvEncoder.rows(List.of(
                        new ResultRow(0, "t-1", "ann", "standard", "A-1", 1795608000123L, 1795608060000L, null)))))
                .isEqualTo("0,t-1,ann,standard,A-1,2026-11-25T12:00:00.123Z,2026-11-25T12:01:00.000Z,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "say \"hi\"", "two\r\nlines", "two\nlines", " blanks ", "券码 ü", "a=1", ""})
    void whatAnyReaderReadsIsWhatWasWritten(String code) {
        assertThat(readBack(code)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(\"http://x\",\"y\")"})
    void noFieldBeginsLikeAFormula(String code) {
        assertThat(readBack(code)).isEqualTo("'" + code);
    }

    @Test
    void aTicketWithoutACodeIsToldAsSuch() {
        assertThat(readBack(null)).isEmpty();
    }

    private static String readBack(String code) {
        ResultRow row = new ResultRow(7, "t", "u", "k", code, 0, null, null);
        List<CsvRecord> records = CsvReader.builder().ofCsvRecord(text(CsvEncoder.rows(List.of(row)))).stream()
                .toList();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).getFieldCount()).isEqualTo(8);
        return records.get(0).getField(4);
    }

    private static String text(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8);
    }
}
