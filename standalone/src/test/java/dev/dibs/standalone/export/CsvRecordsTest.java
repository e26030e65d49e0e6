package dev.dibs.standalone.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
    private static final String HEADER = "\uFEFFcode,sequence\r\n";
    private static final String[] ROWS = {
        "plain,0\r\n", "\"two\r\nlines\",3\r\n", "\"say \"\"hi\"\"\r\n\",4\r\n", "券码 ü,17\r\n", "\"\",18\r\n"
    };
    private static final byte[] WHOLE = (HEADER + String.join("", ROWS)).getBytes(StandardCharsets.UTF_8);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void whateverThePiecesTheBytesAndRowsAreThose() throws IOException {
        String hash = null;
        for (int size = 1; size <= WHOLE.length; size++) {
            out.reset();
            CsvRecords records = new CsvRecords(out, 1);

            for (int from = 0; from < WHOLE.length; from += size) {
                records.accept(Arrays.copyOfRange(WHOLE, from, Math.min(WHOLE.length, from + size)));
            }

            assertThat(out.toByteArray()).isEqualTo(WHOLE);
            assertThat(records.isWhole()).isTrue();
            assertThat(records.rows()).isEqualTo(5);
            assertThat(records.bytes()).isEqualTo(WHOLE.length);
            assertThat(records.lastSequence()).isEqualTo(18);
            String told = records.sha256();
            assertThat(hash == null ? told : hash).isEqualTo(told);
            hash = told;
        }
    }

    /** Wherever it breaks: what is handed on ends with a row, and what follows is the rest behind that row. */
    @Test
    void whereverItBreaksTheRestFitsOn() throws IOException {
        for (int broken = 0; broken <= WHOLE.length; broken++) {
            for (boolean named : new boolean[] {true, false}) {
                out.reset();
                CsvRecords records = new CsvRecords(out, named ? 1 : -1);
                records.accept(Arrays.copyOf(WHOLE, broken));
                records.breakOff();
                assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(WHOLE, out.size()));

                if (records.lastSequence() == null) {
                    records.beginAgain();
                    records.accept(WHOLE);
                } else {
                    records.accept(behind(records.lastSequence()));
                }

                assertThat(out.toByteArray()).as("broken at %d", broken).isEqualTo(WHOLE);
                assertThat(records.rows()).isEqualTo(5);
                assertThat(records.isWhole()).isTrue();
            }
        }
    }

    @Test
    void whatEndsWithinARowIsNotWhole() throws IOException {
        CsvRecords records = new CsvRecords(out, 1);

        records.accept((HEADER + "\"open,0\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(records.isWhole()).isFalse();
        assertThat(records.rows()).isZero();
    }

    @Test
    void aRowLargerThanAPieceIsKeptUntilItIsWhole() throws IOException {
        CsvRecords records = new CsvRecords(out, 1);
        byte[] large = (HEADER + "x".repeat(300_000) + ",5\r\n").getBytes(StandardCharsets.UTF_8);

        for (int from = 0; from < large.length; from += 1_000) {
            records.accept(Arrays.copyOfRange(large, from, Math.min(large.length, from + 1_000)));
        }

        assertThat(out.toByteArray()).isEqualTo(large);
        assertThat(records.lastSequence()).isEqualTo(5);
    }

    @Test
    void aRowWithoutASequenceIsNoRow() {
        CsvRecords records = new CsvRecords(out, 1);

        assertThatThrownBy(() -> records.accept((HEADER + "a,b\r\n").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no sequence");
    }

    private static byte[] behind(int sequence) {
        StringBuilder rest = new StringBuilder();
        for (String row : ROWS) {
            if (Integer.parseInt(row.substring(row.lastIndexOf(',') + 1).strip()) > sequence) {
                rest.append(row);
            }
        }
        return rest.toString().getBytes(StandardCharsets.UTF_8);
    }
}
