package dev.dibs.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dibs.exports.ExportColumn;
import dev.dibs.exports.ExportFilter;
import dev.dibs.exports.ExportLayout;
import dev.dibs.exports.ExportManifest;
import dev.dibs.exports.ExportManifestCodec;
import dev.dibs.exports.LogPosition;
import dev.dibs.exports.TicketState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export says with its manifest of what it tells; the audit holds it to that. */
class ExportAuditIT {
    private static final String LABELS = String.join(",", CsvCheck.COLUMNS);
    private static final ExportLayout STATES = new ExportLayout(
            List.of(ExportColumn.SEQUENCE, ExportColumn.STATE, ExportColumn.GRAB_OFFSET, ExportColumn.STATE_OFFSET),
            false,
            true);

    @TempDir
    Path folder;

    private World world;
    /** Redeemed, and nothing that came later. */
    private LogPosition bobIsIn;

    @BeforeEach
    void writeWorld() throws IOException {
        world = World.planned(folder).write();
        Won bob = world.movie.ticket(2);
        bobIsIn = new LogPosition(bob.usedPosition.partition(), bob.usedPosition.offset() + 1);
    }

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void anExportAsOfAPositionTellsNothingOfWhatCameLater() {
        String csv = csv(LABELS, world.movie.won.stream().map(ExportAuditIT::notRevoked));

        assertThat(audit(csv, manifest(bobIsIn, csv, 8)).findings()).isEmpty();
        // The same file is wrong of any other position
        assertThat(told(csv, manifest(new LogPosition(bobIsIn.partition(), bobIsIn.offset() - 1), csv, 8)))
                .singleElement()
                .asString()
                .contains("sequence 2", "redeemed_at is expected to be absent");
        assertThat(told(csv, manifest(end(), csv, 8)))
                .singleElement()
                .asString()
                .contains("sequence 3", "revoked_at is expected to be", "but is absent");
    }

    @Test
    void whatWasGrabbedBehindThePositionIsARowTooMany() {
        Won gus = world.movie.ticket(8);
        LogPosition before = new LogPosition(gus.position.partition(), gus.position.offset());
        String right =
                csv(LABELS, world.movie.won.stream().filter(won -> won != gus).map(ExportAuditIT::unused));
        String wrong = csv(LABELS, world.movie.won.stream().map(ExportAuditIT::unused));

        assertThat(audit(right, manifest(before, right, 7)).findings()).isEmpty();
        assertThat(told(wrong, manifest(before, wrong, 8)))
                .containsExactly("the CSV has a row too many: sequence 8 (ticket " + gus.ticketId()
                        + ") was grabbed behind its position " + before);
    }

    @Test
    void aFilterLetsThroughWhatItSaysAndAllOfIt() {
        ExportFilter used = new ExportFilter(
                EnumSet.of(TicketState.REDEEMED, TicketState.REVOKED),
                0,
                ExportFilter.NO_SEQUENCE_END,
                0,
                ExportFilter.NO_TIME_END);
        String header = "sequence,state,grab_offset,state_offset";
        String right = csv(header, Stream.of(state(2, "redeemed"), state(3, "revoked")));
        String lacking = csv(header, Stream.of(state(3, "revoked")));
        String tooMany = csv(
                header,
                Stream.of(
                        "0,granted," + world.movie.ticket(0).position.offset() + ",",
                        state(2, "redeemed"),
                        state(3, "revoked")));

        assertThat(audit(right, manifest(end(), STATES, used, right, 2)).findings())
                .isEmpty();
        assertThat(told(lacking, manifest(end(), STATES, used, lacking, 1)))
                .singleElement()
                .asString()
                .contains("the CSV lacks a row: sequence 2");
        assertThat(told(tooMany, manifest(end(), STATES, used, tooMany, 3)))
                .singleElement()
                .asString()
                .contains("sequence 0", "is not what its filters let through");
    }

    @Test
    void everyColumnIsCompared() {
        String header = "sequence,state,grab_offset,state_offset";
        ExportFilter two = new ExportFilter(EnumSet.allOf(TicketState.class), 2, 4, 0, ExportFilter.NO_TIME_END);
        String wrong = csv(header, Stream.of("2,granted,1,2", "3,revoked," + offsets(3)));

        List<String> told = told(wrong, manifest(end(), STATES, two, wrong, 2));

        assertThat(told)
                .singleElement()
                .asString()
                .contains(
                        "sequence 2", "state is expected to be redeemed but is granted", "grab_offset", "state_offset");
    }

    @Test
    void aFileThatIsNotItsManifestsIsSeen() {
        String csv = csv(LABELS, world.movie.won.stream().map(World::csvRow));
        ExportManifest other = manifest(end(), csv + " ", 9);

        assertThat(told(csv, other))
                .singleElement()
                .asString()
                .contains("the manifest of the CSV is wrong", "rows is expected to be 8 but is 9", "bytes", "sha256");
        assertThat(told(csv, manifest(new LogPosition(end().partition() + 1, 1 << 20), csv, 8)))
                .anyMatch(sentence -> sentence.contains("the partition of its position"));
    }

    @Test
    void aByteOrderMarkAndCompressionAreNoHindrance() throws IOException {
        String csv = "\uFEFF" + csv(LABELS, world.movie.won.stream().map(World::csvRow));
        ExportManifest manifest =
                manifest(end(), new ExportLayout(ExportColumn.DEFAULT, true, true), ExportFilter.NONE, csv, 8);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(csv.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(audit(csv, manifest).findings()).isEmpty();
        assertThat(audit("results.csv.gz", compressed.toByteArray(), manifest).findings())
                .isEmpty();
    }

    @Test
    void theManifestIsFoundBesideItsFile() throws IOException {
        Path file = folder.resolve("beside.csv");
        ExportManifest manifest = manifest(bobIsIn, "", 0);
        assertThat(CsvExport.manifestBeside(file)).isNull();

        Files.write(folder.resolve("beside.csv.manifest.json"), ExportManifestCodec.encode(manifest));
        assertThat(CsvExport.manifestBeside(file)).isEqualTo(manifest);

        Files.writeString(folder.resolve("beside.csv.manifest.json"), "{}");
        assertThatThrownBy(() -> CsvExport.manifestBeside(file))
                .isInstanceOf(AuditSourceException.class)
                .hasMessageContaining("beside.csv.manifest.json");
    }

    private String state(int sequence, String state) {
        return sequence + "," + state + "," + offsets(sequence);
    }

    private String offsets(int sequence) {
        Won won = world.movie.ticket(sequence);
        return won.position.offset() + "," + won.usedPosition.offset();
    }

    private LogPosition end() {
        return new LogPosition(world.movie.last.partition(), world.movie.last.offset() + 1);
    }

    private static String notRevoked(Won ticket) {
        return cut(World.csvRow(ticket), 1);
    }

    private static String unused(Won ticket) {
        return cut(World.csvRow(ticket), 2);
    }

    /** The row with its last so many fields empty. */
    private static String cut(String row, int fields) {
        String[] kept = row.split(",", -1);
        for (int i = kept.length - fields; i < kept.length; i++) {
            kept[i] = "";
        }
        return String.join(",", kept);
    }

    private static String csv(String header, Stream<String> rows) {
        return Stream.concat(Stream.of(header), rows).reduce("", (text, row) -> text + row + "\r\n");
    }

    private ExportManifest manifest(LogPosition position, String csv, long rows) {
        return manifest(position, ExportLayout.DEFAULT, ExportFilter.NONE, csv, rows);
    }

    private ExportManifest manifest(
            LogPosition position, ExportLayout layout, ExportFilter filter, String csv, long rows) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return new ExportManifest(
                world.movie.id, position, layout, filter, null, rows, bytes.length, sha256(bytes), null);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private AuditReport audit(String csv, ExportManifest manifest) {
        return audit("audited.csv", csv.getBytes(StandardCharsets.UTF_8), manifest);
    }

    private AuditReport audit(String name, byte[] bytes, ExportManifest manifest) {
        try {
            Path file = Files.write(folder.resolve(name), bytes);
            AuditSources sources = world.sources();
            return new Audit(new AuditSources(
                            sources.kafka(),
                            sources.redis(),
                            sources.mongodb(),
                            sources.database(),
                            List.of(new CsvExport(file, world.movie.id, manifest)),
                            sources.activities(),
                            sources.seal(),
                            sources.pseudonyms()))
                    .run();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> told(String csv, ExportManifest manifest) {
        return audit(csv, manifest).findings().stream().map(Finding::sentence).toList();
    }
}
