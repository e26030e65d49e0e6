package dev.dibs.standalone.export;

import dev.dibs.exports.LogPosition;
import dev.dibs.standalone.console.ProblemException;
import dev.dibs.standalone.operator.OperatorClient;
import dev.dibs.standalone.operator.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads an export. Where the connection breaks it goes on behind the last whole row, as of the same position; without the
 * column {@code sequence} it begins again and passes over what it has. Both end with the very same bytes.
 */
final class ResultsDownload {
    private static final String LOG_POSITION = "Dibs-Log-Position";
    private static final int UNAVAILABLE = 503;
    /** In a row, without a single row between them. */
    private static final int MOST_FAILURES = 30;

    private final OperatorClient client;
    private final ExportQuery query;
    private final CsvRecords records;
    private final Duration pause;
    private final Consumer<String> told;
    /** Learnt on the client's thread. */
    private volatile LogPosition position;

    private int breaks;

    /**
     * @param pause between two attempts
     * @param told what somebody who waits wants to know
     */
    ResultsDownload(OperatorClient client, ExportQuery query, OutputStream out, Duration pause, Consumer<String> told) {
        this.client = client;
        this.query = query;
        this.records = new CsvRecords(out, query.sequenceColumn());
        this.pause = pause;
        this.told = told;
    }

    /**
     * @throws ProblemException where the server cannot be reached, or not any more for a while; or where what came cannot
     *     be written
     * @throws RefusedException where the server refuses
     */
    Received run() {
        int failures = 0;
        long before = -1;
        while (true) {
            try {
                attempt();
                return new Received(position, records.rows(), records.bytes(), records.sha256(), breaks);
            } catch (IOException e) {
                failures = records.bytes() > before ? 1 : failures + 1;
                before = records.bytes();
                giveUpOr(failures, e.getMessage(), e);
            } catch (RefusedException e) {
                // A server that has just been started again is still reading the log.
                if (position == null || e.status() != UNAVAILABLE) {
                    throw e;
                }
                giveUpOr(++failures, e.getMessage(), e);
            }
        }
    }

    private void giveUpOr(int failures, String why, Exception e) {
        if (position == null || failures > MOST_FAILURES) {
            throw new ProblemException(
                    position == null
                            ? client.unreachable(why)
                            : "the connection broke after %,d rows and cannot be taken up again: %s"
                                    .formatted(records.rows(), why),
                    e);
        }
        breaks++;
        if (failures == 1) {
            told.accept("the connection broke after %,d rows (%s); going on".formatted(records.rows(), why));
        }
        OperatorClient.pause(pause);
    }

    private void attempt() throws IOException {
        Integer after = records.lastSequence();
        records.breakOff();
        if (after == null) {
            records.beginAgain();
        }
        Pieces pieces = new Pieces(
                records,
                headers -> headers.firstValue(LOG_POSITION).ifPresent(header -> position = LogPosition.parse(header)));
        IOException broken = null;
        try (pieces) {
            client.stream(query.csv(position, after), pieces.handler(), pieces::isAlive);
        } catch (IOException e) {
            broken = e;
        }
        if (pieces.unwritten() != null) {
            throw new ProblemException("what came could not be written: " + pieces.unwritten(), pieces.unwritten());
        }
        if (broken != null) {
            throw broken;
        }
        if (!records.isWhole()) {
            throw new IOException("the answer ended within a row");
        }
    }
}
