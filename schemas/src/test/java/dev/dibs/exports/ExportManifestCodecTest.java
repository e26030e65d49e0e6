package dev.dibs.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.codec.UndecodableRecordException;
import dev.dibs.exports.ExportManifest.StoredFile;
import dev.dibs.ids.ActivityId;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportManifestCodecTest {
    private static final String HASH = "ab".repeat(32);
    private static final ExportManifest PLAIN = new ExportManifest(
            new ActivityId("movie-night"),
            new LogPosition(3, 1_234),
            ExportLayout.DEFAULT,
            ExportFilter.NONE,
            null,
            500,
            60_000,
            HASH,
            null);

    @Test
    void isWrittenInThisForm() {
        assertThat(text(PLAIN)).isEqualTo("""
                        {"schemaVersion":1,"activityId":"movie-night","position":"3:1234","columns":["sequence",\
                        "ticket_id","user_id","ticket","code","grabbed_at","redeemed_at","revoked_at"],"bom":false,\
                        "formulaSafe":true,"filters":{},"complete":true,"rows":500,"bytes":60000,"sha256":"%s"}""".formatted(HASH));
    }

    @Test
    void everythingThatIsWrittenIsReadAgain() throws UndecodableRecordException {
        ExportManifest full = new ExportManifest(
                new ActivityId("movie-night"),
                new LogPosition(0, 0),
                new ExportLayout(List.of(ExportColumn.STATE, ExportColumn.SEQUENCE), true, false),
                new ExportFilter(EnumSet.of(TicketState.GRANTED, TicketState.REVOKED), 5, 9, 1_000, 2_000),
                7,
                0,
                0,
                HASH,
                new StoredFile("results.csv.gz", "csv.gz", 17, HASH));

        assertThat(text(full)).contains("\"state\":[\"granted\",\"revoked\"]", "\"after\":7", "\"complete\":false");
        assertThat(ExportManifestCodec.decode(ExportManifestCodec.encode(full))).isEqualTo(full);
        assertThat(ExportManifestCodec.decode(ExportManifestCodec.encode(PLAIN)))
                .isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"schemaVersion\":1', '\"schemaVersion\":2', schemaVersion 2 is not known",
        "'\"3:1234\"', '\"here\"', position: must be partition:offset",
        "'\"code\"', '\"seat\"', 'is no column'",
        "'\"rows\":500', '\"rows\":\"500\"', rows must be an integer",
        "'\"bom\":false', '\"bom\":0', bom must be true or false",
        "'\"sha256\":\"ab', '\"sha256\":\"xy', 64 digits",
        "'\"filters\":{}', '\"filters\":{\"state\":[]}', at least one state",
    })
    void whatIsNoManifestIsNotTakenForOne(String right, String wrong, String told) {
        String text = text(PLAIN);
        assertThat(text).contains(right);

        assertThatThrownBy(() ->
                        ExportManifestCodec.decode(text.replace(right, wrong).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UndecodableRecordException.class)
                .hasMessageContaining(told);
    }

    private static String text(ExportManifest manifest) {
        return new String(ExportManifestCodec.encode(manifest), StandardCharsets.UTF_8);
    }
}
